/// Reads the fields of a protocol-buffer message one after another.
struct ProtobufReader {
    /// A field's value as it stands in the message.
    enum Value {
        case number(UInt64)
        case single(Float)
        case double
        case bytes(Range<Int>)
    }

    /// The message isn't sound.
    struct Damage: Error {}

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int
    private let end: Int

    /// Begins to read a message.
    ///
    /// - Parameters:
    ///   - bytes: What holds the message.
    ///   - range: Where it stands.
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field's number and value, `nil` at the end.
    mutating func next() throws(Damage) -> (field: UInt64, value: Value)? {
        guard position < end else { return nil }
        let key = try number()
        let field = key >> 3
        switch key & 7 {
        case 0: return (field, .number(try number()))
        case 1:
            try skip(8)
            return (field, .double)
        case 2:
            let size = try number()
            guard size <= UInt64(end - position) else { throw Damage() }
            let start = position
            position += Int(size)
            return (field, .bytes(start..<position))
        case 5:
            let start = position
            try skip(4)
            let bits = (0..<4).reduce(UInt32(0)) {
                $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1)
            }
            return (field, .single(Float(bitPattern: bits)))
        default: throw Damage()
        }
    }

    private mutating func skip(_ count: Int) throws(Damage) {
        guard count <= end - position else { throw Damage() }
        position += count
    }

    private mutating func number() throws(Damage) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while position < end, shift < 64 {
            let byte = bytes[position]
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        throw Damage()
    }
}
