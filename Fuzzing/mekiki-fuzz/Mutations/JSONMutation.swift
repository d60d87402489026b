/// Changes JSON text by its parts: a value becomes another one, a member is doubled or taken out.
enum JSONMutation {
    /// What readers stumble over: borders of integers, numbers that are none, other types.
    private static let values = [
        "0", "1", "-1", "2", "255", "65536", "2147483647", "2147483648", "-2147483649",
        "4294967295", "4294967296", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "18446744073709551616", "1e308", "1e309",
        "-1e309", "1e-320", "0.5", "-0", "1.0", "3.9999999999999999", "NaN", "true", "false",
        "null",
        "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"\u{301}\"", "[]",
        "{}", "[[]]", "[1,2,3]", "{\"a\":1}", "\"<|endoftext|>\"", "\"</w>\"",
    ]

    /// Changes one to four places; `nil` where there is no value to change.
    static func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        var bytes = input
        for _ in 0...random.below(4) {
            guard let changed = change(bytes, using: &random) else { return nil }
            bytes = changed
        }
        return bytes
    }

    private static func change(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let place = span(in: bytes, using: &random) else { return nil }
        var result = bytes
        switch random.below(8) {
        case 0...2:
            result.replaceSubrange(place, with: Array(values[random.below(values.count)].utf8))
        case 3:
            // Another value of the same text.
            guard let other = span(in: bytes, using: &random) else { return nil }
            result.replaceSubrange(place, with: bytes[other])
        case 4:
            // Twice.
            let comma = [UInt8(ascii: ",")]
            result.insert(contentsOf: comma + bytes[place], at: place.upperBound)
        case 5:
            result.removeSubrange(place)
        case 6:
            // Deeper by up to 600 levels.
            let depth = 1 << random.below(10)
            let open = [UInt8](repeating: UInt8(ascii: "["), count: depth)
            let close = [UInt8](repeating: UInt8(ascii: "]"), count: random.below(2) * depth)
            result.replaceSubrange(place, with: open + bytes[place] + close)
        default:
            for _ in 0...random.below(3) where !place.isEmpty {
                let index = place.lowerBound + random.below(place.count)
                result[index] = UInt8(truncatingIfNeeded: random.next())
            }
        }
        return result
    }

    /// A value or a key near a place chosen at random: a string, a number or word, or all between
    /// two brackets.
    private static func span(
        in bytes: [UInt8],
        using random: inout SplitMix64
    ) -> Range<Int>? {
        guard !bytes.isEmpty else { return nil }
        let start = random.below(bytes.count)
        for index in start..<min(bytes.count, start + 4096) {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let end = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: "\""))
                return end.map { index..<$0 + 1 }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                return index..<closing(bytes, from: index)
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                let ends = [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 10, 34]
                return index..<(bytes[index...].firstIndex { ends.contains($0) } ?? bytes.count)
            default: continue
            }
        }
        return nil
    }

    private static func closing(_ bytes: [UInt8], from start: Int) -> Int {
        var depth = 0
        for index in start..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index + 1 }
            default: continue
            }
        }
        return bytes.count
    }
}
