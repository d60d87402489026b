/// Reads JSON text (RFC 8259) in one pass over its bytes.
struct JSONParser {
    /// What is wrong, and at which byte.
    struct Failure: Error {
        let reason: String
        let offset: Int
    }

    /// Deeper files than this are hostile: tokenizer files nest about six levels.
    private static let deepestNesting = 128

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    private var depth = 0
    /// Keys within the objects of the outermost one whose values are only skipped.
    private let deferred: Set<String>

    init(_ bytes: UnsafeBufferPointer<UInt8>, deferring deferred: Set<String> = []) {
        self.bytes = bytes
        self.deferred = deferred
    }

    /// Parses a whole file.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - deferred: Keys of objects one level down whose lists and objects stay unread.
    /// - Returns: The value.
    /// - Throws: `Failure` where the file isn't JSON.
    /// - Complexity: O(n) in the number of bytes.
    static func parse(
        _ bytes: [UInt8],
        deferring deferred: Set<String> = []
    ) throws(Failure) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(Failure) -> JSONValue in
                var parser = JSONParser(buffer, deferring: deferred)
                // Editors on Windows put a byte order mark at the start.
                if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { parser.position = 3 }
                let value = try parser.value()
                parser.skipBlanks()
                guard parser.position == buffer.count else {
                    throw parser.failure("text follows the end of the document")
                }
                return value
            }
        }
        return try result.get()
    }

    func failure(_ reason: String) -> Failure {
        Failure(reason: reason, offset: position)
    }

    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipBlanks() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    mutating func value() throws(Failure) -> JSONValue {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw failure("the text ends in the middle")
        default: return try number()
        }
    }

    private mutating func word(
        _ word: StaticString,
        _ value: JSONValue
    ) throws(Failure) -> JSONValue {
        let count = word.utf8CodeUnitCount
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: count)
        guard bytes[position...].starts(with: expected) else { throw failure("an unknown word") }
        position += count
        return value
    }

    mutating func descend() throws(Failure) {
        depth += 1
        position += 1
        guard depth <= Self.deepestNesting else { throw failure("the nesting is too deep") }
    }

    private mutating func object() throws(Failure) -> JSONValue {
        try descend()
        defer { depth -= 1 }
        var members: [JSONValue.Member] = []
        skipBlanks()
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            let key = try key()
            if depth == 2, deferred.contains(key) {
                members.append(.init(key: key, value: try unread()))
            } else {
                members.append(.init(key: key, value: try value()))
            }
            if try endsList(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// A member's key and the colon behind it.
    mutating func key() throws(Failure) -> String {
        skipBlanks()
        guard current == UInt8(ascii: "\"") else { throw failure("a key is missing") }
        let key = try string()
        skipBlanks()
        guard current == UInt8(ascii: ":") else { throw failure("':' is missing") }
        position += 1
        return key
    }

    private mutating func array() throws(Failure) -> JSONValue {
        try descend()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        skipBlanks()
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            if try endsList(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Steps over a comma, or over the closing byte that ends the list.
    mutating func endsList(with closing: UInt8) throws(Failure) -> Bool {
        skipBlanks()
        switch current {
        case UInt8(ascii: ","):
            position += 1
            return false
        case closing:
            position += 1
            return true
        default: throw failure("',' or '\(Unicode.Scalar(closing))' is missing")
        }
    }

    private mutating func number() throws(Failure) -> JSONValue {
        let start = position
        scan: while let byte = current {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                position += 1
            default: break scan
            }
        }
        // Ids are short plain digits; only the rest needs the general conversion.
        let digits = bytes[start..<position]
        if digits.count < 16, !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return .number(Double(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }))
        }
        guard let value = Double(String(decoding: digits, as: UTF8.self)) else {
            position = start
            throw failure("a value is missing or malformed")
        }
        return .number(value)
    }

    private mutating func string() throws(Failure) -> String {
        position += 1
        let start = position
        while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw failure("a control character within a string") }
            position += 1
        }
        if current == UInt8(ascii: "\\") { return try escapedString(from: start) }
        guard current != nil else { throw failure("a string has no end") }
        let text = String(validating: bytes[start..<position], as: UTF8.self)
        position += 1
        guard let text else { throw failure("a string that is not UTF-8") }
        return text
    }

    private mutating func escapedString(from start: Int) throws(Failure) -> String {
        var units = Array(bytes[start..<position])
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else {
                    throw failure("a string that is not UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): try appendEscape(to: &units)
            case 0..<0x20: throw failure("a control character within a string")
            default: units.append(byte)
            }
        }
        throw failure("a string has no end")
    }

    private mutating func appendEscape(to units: inout [UInt8]) throws(Failure) {
        guard let kind = current else { throw failure("a string has no end") }
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(kind)
        case UInt8(ascii: "b"): units.append(0x08)
        case UInt8(ascii: "f"): units.append(0x0C)
        case UInt8(ascii: "n"): units.append(0x0A)
        case UInt8(ascii: "r"): units.append(0x0D)
        case UInt8(ascii: "t"): units.append(0x09)
        case UInt8(ascii: "u"): units.append(contentsOf: try escapedScalar().utf8)
        default: throw failure("an unknown escape within a string")
        }
    }

    /// The scalar of `\uXXXX`, or of the two escapes of a surrogate pair.
    private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw failure("half a surrogate pair within a string") }
        position += 2
        let second = try fourDigits()
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw failure("half a surrogate pair within a string") }
        return scalar
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw failure("an escape needs four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
