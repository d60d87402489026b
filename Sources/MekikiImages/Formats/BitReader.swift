/// Bits from the most significant on, as video headers have them; `nil` past the end.
struct BitReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Starts at the first bit.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A number of up to 32 bits.
    mutating func bits(_ count: Int) -> Int? {
        guard count >= 0, count <= 32, position + count <= bytes.count * 8 else { return nil }
        var value = 0
        for _ in 0..<count {
            value = value << 1 | Int(bytes[position >> 3] >> (7 - position & 7) & 1)
            position += 1
        }
        return value
    }

    /// One bit as a truth value.
    mutating func flag() -> Bool? { bits(1).map { $0 == 1 } }

    /// Steps over bits.
    mutating func skip(_ count: Int) -> Void? {
        guard count >= 0, position + count <= bytes.count * 8 else { return nil }
        position += count
        return ()
    }

    /// A number in exponential Golomb code (ITU-T H.265, 9.2): zeros, a one, and as many bits.
    mutating func golomb() -> Int? {
        var zeros = 0
        while let bit = flag() {
            if bit { return bits(zeros).map { (1 << zeros) - 1 + $0 } }
            zeros += 1
            if zeros > 31 { return nil }
        }
        return nil
    }
}
