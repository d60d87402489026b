/// Changes a pickle by its instructions: one is doubled, moved, taken out, or gets another operand.
enum PickleMutation {
    /// Instructions without operands, and small ones with.
    private static let short: [[UInt8]] =
        "()01.NQRabdelstu]}".utf8.map { [$0] }
        + [
            [0x81], [0x85], [0x86], [0x87], [0x88], [0x89], [0x8f], [0x90], [0x91], [0x92], [0x93],
            [0x94],
        ]
        + [[0x32], [0x71, 0], [0x68, 0], [0x4b, 0], [0x4b, 255], [0x4a, 0, 0, 0, 0x80]]
        + [[0x8a, 8, 255, 255, 255, 255, 255, 255, 255, 0x7f], [0x4a, 255, 255, 255, 0x7f]]
        + [Array("ctorch._utils\n_rebuild_parameter\n".utf8), Array("ctorch\nLongStorage\n".utf8)]
        + [Array("ctorch._tensor\n_rebuild_from_type_v2\n".utf8)]
        + [Array("ctorch._utils\n_rebuild_tensor_v3\n".utf8), Array("ctorch\nuint16\n".utf8)]

    /// Changes one to four instructions; `nil` for an empty pickle.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        var list = instructions(input)
        for _ in 0...random.below(4) {
            guard !list.isEmpty else { return nil }
            let index = random.below(list.count)
            switch random.below(8) {
            case 0: list.insert(list[index], at: random.below(list.count))
            case 1: list.remove(at: index)
            case 2: list.swapAt(index, random.below(list.count))
            case 3: list.insert(short[random.below(short.count)], at: index)
            case 4: list[index] = short[random.below(short.count)]
            case 5:
                let end = min(list.count, index + random.below(40))
                list.insert(contentsOf: Array(list[index..<end]), at: random.below(list.count))
            case 6:
                guard list[index].count > 1 else { continue }
                let place = 1 + random.below(list[index].count - 1)
                list[index][place] = UInt8(truncatingIfNeeded: random.next())
            default:
                guard list[index].count > 4 else { continue }
                let edges: [UInt8] = [0, 1, 0x7f, 0x80, 0xff]
                for place in 1..<5 { list[index][place] = edges[random.below(edges.count)] }
            }
        }
        return Array(list.joined())
    }

    /// Cuts a pickle where each instruction ends; the rest of a damaged one stays in one piece.
    private static func instructions(_ bytes: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var start = 0
        while start < bytes.count, result.count < 20_000 {
            let end = min(bytes.count, start + length(bytes, at: start))
            result.append(Array(bytes[start..<end]))
            start = end
        }
        if start < bytes.count { result.append(Array(bytes[start...])) }
        return result
    }

    private static func length(_ bytes: [UInt8], at start: Int) -> Int {
        func counted(_ width: Int) -> Int {
            guard start + width < bytes.count else { return bytes.count }
            let count = bytes[start + 1...start + width].reversed().reduce(0) {
                $0 << 8 | Int($1)
            }
            return 1 + width + min(max(count, 0), bytes.count)
        }
        switch bytes[start] {
        case 0x80, 0x71, 0x68, 0x4b: return 2
        case 0x4d: return 3
        case 0x72, 0x6a, 0x4a: return 5
        case 0x47, 0x95: return 9
        case 0x8a, 0x8c, 0x55, 0x43: return counted(1)
        case 0x8b, 0x58, 0x54, 0x42: return counted(4)
        case 0x8d, 0x8e, 0x96: return counted(8)
        case 0x63:
            let newline = UInt8(ascii: "\n")
            guard let first = bytes[start...].firstIndex(of: newline),
                let second = bytes[(first + 1)...].firstIndex(of: newline)
            else { return bytes.count }
            return second + 1 - start
        default: return 1
        }
    }
}
