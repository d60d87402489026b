/// Reading of large lists and objects member by member, without keeping them.
extension JSONParser {
    /// Reads a part of a file that was left unread.
    ///
    /// - Parameters:
    ///   - range: The part.
    ///   - bytes: The file.
    /// - Returns: The value.
    /// - Throws: `Failure` where the part isn't JSON.
    static func parse(_ range: Range<Int>, of bytes: [UInt8]) throws(Failure) -> JSONValue {
        try streaming(bytes, range) { parser throws(Failure) in try parser.value() }
    }

    /// Calls back with every element of a list; for anything else not at all.
    static func forEachElement(
        of range: Range<Int>,
        in bytes: [UInt8],
        _ body: (JSONValue) -> Void
    ) throws(Failure) {
        try streaming(bytes, range) { parser throws(Failure) in
            guard parser.current == UInt8(ascii: "[") else { return }
            try parser.descend()
            parser.skipBlanks()
            guard parser.current != UInt8(ascii: "]") else { return }
            repeat { body(try parser.value()) } while try !parser.endsList(with: UInt8(ascii: "]"))
        }
    }

    /// Calls back with every member of an object; for anything else not at all.
    static func forEachMember(
        of range: Range<Int>,
        in bytes: [UInt8],
        _ body: (JSONValue.Member) -> Void
    ) throws(Failure) {
        try streaming(bytes, range) { parser throws(Failure) in
            guard parser.current == UInt8(ascii: "{") else { return }
            try parser.descend()
            parser.skipBlanks()
            guard parser.current != UInt8(ascii: "}") else { return }
            repeat {
                let key = try parser.key()
                body(.init(key: key, value: try parser.value()))
            } while try !parser.endsList(with: UInt8(ascii: "}"))
        }
    }

    private static func streaming<Value>(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        _ read: (inout JSONParser) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let result = bytes.withUnsafeBufferPointer { buffer in
            Result { () throws(Failure) -> Value in
                var parser = JSONParser(UnsafeBufferPointer(rebasing: buffer[..<range.upperBound]))
                parser.position = range.lowerBound
                return try read(&parser)
            }
        }
        return try result.get()
    }

    /// Steps over a list or an object, of which only brackets and strings are looked at; reads
    /// anything else.
    mutating func unread() throws(Failure) -> JSONValue {
        skipBlanks()
        guard current == UInt8(ascii: "[") || current == UInt8(ascii: "{") else {
            return try value()
        }
        let start = position
        var open = 0
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open -= 1
                if open == 0 { return .unread(start..<position) }
            case UInt8(ascii: "\""):
                while let byte = current, byte != UInt8(ascii: "\"") {
                    position += byte == UInt8(ascii: "\\") ? 2 : 1
                }
                position += 1
            default: break
            }
        }
        position = min(position, bytes.count)
        throw failure("the text ends in the middle")
    }
}
