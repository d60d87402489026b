/// Reads `LooseJSON` from bytes, from left to right and once.
struct LooseJSONParser {
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// Whether nothing but space is left.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return place == bytes.count
        }
    }

    /// Reads a value.
    mutating func value(depth: Int) -> LooseJSON? {
        guard depth <= LooseJSON.deepest else { return nil }
        skipSpace()
        guard let byte = peek else { return nil }
        switch byte {
        case UInt8(ascii: "{"): return object(depth)
        case UInt8(ascii: "["): return array(depth)
        case UInt8(ascii: "\""): return string().map(LooseJSON.string)
        default: return word()
        }
    }

    private var peek: UInt8? { place < bytes.count ? bytes[place] : nil }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    private mutating func object(_ depth: Int) -> LooseJSON? {
        place += 1
        var members: [(key: String, value: LooseJSON)] = []
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\""), let key = string(), take(":"),
                let value = value(depth: depth + 1)
            else { return nil }
            members.append((key, value))
        } while take(",")
        return take("}") ? .object(members) : nil
    }

    private mutating func array(_ depth: Int) -> LooseJSON? {
        place += 1
        var elements: [LooseJSON] = []
        if take("]") { return .array(elements) }
        repeat {
            guard let value = value(depth: depth + 1) else { return nil }
            elements.append(value)
        } while take(",")
        return take("]") ? .array(elements) : nil
    }

    private mutating func string() -> String? {
        place += 1
        var text: [UInt8] = []
        while let byte = peek {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escaped() else { return nil }
                text += Array(String(scalar).utf8)
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
        guard let byte = peek else { return nil }
        place += 1
        switch byte {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"):
            guard let first = unit() else { return nil }
            guard (0xD800..<0xDC00).contains(first) else {
                return Unicode.Scalar(first) ?? "\u{FFFD}"
            }
            let start = place
            if peek == UInt8(ascii: "\\") {
                place += 1
                if peek == UInt8(ascii: "u") {
                    place += 1
                    if let second = unit(), (0xDC00..<0xE000).contains(second) {
                        let number = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
                        return Unicode.Scalar(number)
                    }
                }
            }
            // Half a pair: what follows stands for itself.
            place = start
            return "\u{FFFD}"
        default: return Unicode.Scalar(byte)
        }
    }

    private mutating func unit() -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        let digits = String(decoding: bytes[place..<place + 4], as: UTF8.self)
        place += 4
        return UInt32(digits, radix: 16)
    }

    /// A number, a truth value, null, or one of Python's words for numbers that are none.
    private mutating func word() -> LooseJSON? {
        let start = place
        while let byte = peek, !Self.ends(byte) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        switch text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null", "NaN", "Infinity", "-Infinity": return .null
        default: return Double(text).map { _ in .number(text) }
        }
    }

    private static func ends(_ byte: UInt8) -> Bool {
        ",]}:\"[{ \t\n\r".utf8.contains(byte)
    }
}
