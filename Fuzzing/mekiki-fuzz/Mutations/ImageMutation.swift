/// Changes a picture file by its parts, so that decoders get to see what lies behind the header.
enum ImageMutation {
    /// Changes one to three parts; `nil` for a file in which none was found.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        var bytes = input
        for _ in 0...random.below(3) {
            let outline = ImageParts(bytes)
            guard let part = outline.parts.randomElement(using: &random) else { return nil }
            change(&bytes, part, outline, using: &random)
        }
        // One in eight keeps its wrong sums, which have to be noticed too.
        if random.below(8) > 0, ImageParts(bytes).isPNG { restoreSums(of: &bytes) }
        return bytes
    }

    private static func change(
        _ bytes: inout [UInt8],
        _ part: ImageParts.Part,
        _ outline: ImageParts,
        using random: inout SplitMix64
    ) {
        switch random.below(9) {
        case 0:
            bytes.removeSubrange(part.range)
        case 1:
            bytes.insert(contentsOf: bytes[part.range], at: part.range.upperBound)
        case 2:
            guard let other = outline.parts.randomElement(using: &random) else { return }
            bytes.replaceSubrange(part.range, with: bytes[other.range])
        case 3:
            write(interesting(part.length.count, &random), to: part.length, part, &bytes)
        case 4:
            // Many times: tables without end.
            let copy = Array(bytes[part.range].prefix(256))
            let times = 1 << random.below(7)
            bytes.insert(
                contentsOf: Array(repeating: copy, count: times).joined(),
                at: part.range.upperBound
            )
        case 5:
            guard part.range.count > 4 else { return }
            let place = part.range.lowerBound + random.below(part.range.count - 3)
            let count = random.below(2) == 0 ? 2 : 4
            write(interesting(count, &random), to: place..<place + count, part, &bytes)
        default:
            for _ in 0...random.below(5) where !part.range.isEmpty {
                // Mostly near the start, where the numbers are.
                let reach = random.below(4) == 0 ? part.range.count : min(part.range.count, 32)
                let place = part.range.lowerBound + random.below(reach)
                bytes[place] = UInt8(truncatingIfNeeded: random.next())
            }
        }
    }

    private static func interesting(_ count: Int, _ random: inout SplitMix64) -> UInt64 {
        let all = UInt64.max >> (64 - 8 * UInt64(min(8, max(1, count))))
        let values: [UInt64] = [
            0, 1, 2, 7, 8, 15, 16, 17, 255, 256, 4096, 16_383, 16_384, 16_385, 65_535, 1 << 20,
            all, all - 1, all - 7, all >> 1, all >> 1 + 1,
        ]
        return values[random.below(values.count)]
    }

    private static func write(
        _ value: UInt64,
        to range: Range<Int>,
        _ part: ImageParts.Part,
        _ bytes: inout [UInt8]
    ) {
        guard range.upperBound <= bytes.count else { return }
        for (index, place) in range.enumerated() {
            let digit = part.isLittleEndian ? index : range.count - 1 - index
            bytes[place] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(digit)))
        }
    }

    /// Makes the checksums of all of PNG's chunks anew (PNG specification, annex D).
    private static func restoreSums(of bytes: inout [UInt8]) {
        for part in ImageParts(bytes).parts where part.range.count >= 12 {
            let end = part.range.upperBound - 4
            var sum = UInt32.max
            for byte in bytes[part.range.lowerBound + 4..<end] {
                sum = table[Int((sum ^ UInt32(byte)) & 255)] ^ sum >> 8
            }
            for index in 0..<4 {
                bytes[end + index] = UInt8(truncatingIfNeeded: ~sum >> (24 - 8 * UInt32(index)))
            }
        }
    }

    private static let table: [UInt32] = (0..<256).map { start in
        (0..<8).reduce(UInt32(start)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
}
