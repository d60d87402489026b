import MekikiCore

/// Reads a safetensors header: a JSON object of a fixed form, from bytes that nobody vouches for.
///
/// A general JSON parser keeps the last of two equal names without a word; here they are an error,
/// as the format demands.
struct SafetensorsHeaderParser {
    /// An entry whose offsets have not been compared with the file yet.
    struct RawEntry {
        var element: StoredElement
        var shape: [Int]
        var start: Int
        var end: Int
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Parses the whole header.
    mutating func parse() throws -> (entries: [String: RawEntry], metadata: [String: String]) {
        var entries: [String: RawEntry] = [:]
        var metadata: [String: String]?
        try members { parser, name in
            if name == "__metadata__" {
                guard metadata == nil else { throw Self.error("names __metadata__ twice") }
                metadata = try parser.metadata()
            } else {
                let entry = try parser.entry(of: name)
                guard entries.updateValue(entry, forKey: name) == nil else {
                    throw Self.error("names the tensor '\(name)' twice")
                }
            }
        }
        skipSpace()
        guard position == bytes.count else { throw Self.error("goes on after its end") }
        return (entries, metadata ?? [:])
    }

    private mutating func metadata() throws -> [String: String] {
        var result: [String: String] = [:]
        try members { parser, name in
            result[name] = try parser.string()
        }
        return result
    }

    private mutating func entry(of name: String) throws -> RawEntry {
        var element: StoredElement?
        var shape: [Int]?
        var offsets: [Int]?
        try members { parser, key in
            switch key {
            case "dtype" where element == nil:
                let text = try parser.string()
                guard let known = StoredElement(rawValue: text) else {
                    throw Self.error(
                        "gives the tensor '\(name)' the unknown element type '\(text)'"
                    )
                }
                element = known
            case "shape" where shape == nil: shape = try parser.numbers(limit: 16)
            case "data_offsets" where offsets == nil: offsets = try parser.numbers(limit: 2)
            default: throw Self.error("has an unexpected '\(key)' in the tensor '\(name)'")
            }
        }
        guard let element, let shape, let offsets, offsets.count == 2 else {
            throw Self.error("does not describe the tensor '\(name)' completely")
        }
        return RawEntry(element: element, shape: shape, start: offsets[0], end: offsets[1])
    }

    /// Reads an object, handing each name to `member`, which reads the value.
    private mutating func members(
        _ member: (inout SafetensorsHeaderParser, String) throws -> Void
    ) throws {
        try expect("{")
        if take("}") { return }
        repeat {
            let name = try string()
            try expect(":")
            try member(&self, name)
        } while take(",")
        try expect("}")
    }

    private mutating func numbers(limit: Int) throws -> [Int] {
        var result: [Int] = []
        try expect("[")
        if take("]") { return result }
        repeat {
            guard result.count < limit else { throw Self.error("has too many numbers in a list") }
            result.append(try number())
        } while take(",")
        try expect("]")
        return result
    }

    private mutating func number() throws -> Int {
        skipSpace()
        let start = position
        var value = 0
        while position < bytes.count, case let digit = bytes[position],
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
        {
            let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, stillTooLarge) = tenfold.addingReportingOverflow(Int(digit) - 48)
            guard !tooLarge, !stillTooLarge else { throw Self.error("has a number out of range") }
            value = sum
            position += 1
        }
        guard position > start else { throw Self.error("lacks a number at byte \(start)") }
        return value
    }

    private mutating func string() throws -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw Self.error("has a name that is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw Self.error("has a control character in a string")
            default: text.append(byte)
            }
        }
        throw Self.error("ends inside a string")
    }

    private mutating func escape(into text: inout [UInt8]) throws {
        guard position < bytes.count else { throw Self.error("ends inside a string") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            // A character beyond the first 65536 is written as two halves.
            if (0xd800..<0xdc00).contains(code), position + 1 < bytes.count,
                bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
            {
                position += 2
                let low = try hexadecimal()
                guard (0xdc00..<0xe000).contains(low) else {
                    throw Self.error("has half a character in a string")
                }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(code) else {
                throw Self.error("has half a character in a string")
            }
            text.append(contentsOf: UTF8.encode(scalar) ?? .init())
        default: throw Self.error("has an unknown escape in a string")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        guard position + 4 <= bytes.count else { throw Self.error("ends inside a string") }
        var code: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw Self.error("has an unknown escape in a string")
            }
            code = code << 4 | UInt32(digit)
        }
        position += 4
        return code
    }

    private mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Character) throws {
        guard take(character) else {
            throw Self.error("lacks a '\(character)' at byte \(position)")
        }
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) {
            position += 1
        }
    }

    static func error(_ what: String) -> MekikiError {
        MekikiError(
            .badData,
            "The header of this safetensors file \(what). "
                + "The file is damaged or incomplete: delete it and fetch it again."
        )
    }
}
