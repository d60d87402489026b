/// Changes a safetensors file by its parts: the length, the JSON header, the tensors.
enum SafetensorsMutation {
    /// Changes one part; `nil` where the file has none.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard input.count > 8 else { return nil }
        let claimed = input[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let length = Int(min(claimed, UInt64(input.count - 8)))
        let header = Array(input[8..<8 + length])
        var data = Array(input[(8 + length)...])
        var count = length
        var changed = header
        switch random.below(8) {
        case 0:
            count = [0, 1, length - 1, length + 1, .max, 100_000_000, 100_000_001][random.below(7)]
        case 1:
            // Numbers that are none, and the largest.
            guard data.count > 4 else { return nil }
            for _ in 0...random.below(4) {
                let place = random.below(data.count - 3)
                let odd: [[UInt8]] = [
                    [0, 0, 0xC0, 0x7F], [0, 0, 0x80, 0x7F], [255, 255, 0x7F, 0x7F],
                ]
                data.replaceSubrange(place..<place + 4, with: odd[random.below(3)])
            }
        case 2:
            data.removeLast(random.below(data.count + 1))
        default:
            guard let mutated = JSONMutation.mutate(header, using: &random) else { return nil }
            changed = mutated
            count = mutated.count
        }
        let prefix = (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        return prefix + changed + data
    }
}
