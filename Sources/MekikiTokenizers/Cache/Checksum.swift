/// A checksum that notices damage, at several gigabytes a second; it is no defence against intent.
enum Checksum {
    private static let factors: [UInt64] = [
        0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0xD6E8_FEB8_6659_FD93,
    ]

    static func of(_ bytes: [UInt8]) -> UInt64 {
        bytes.withUnsafeBytes { of($0) }
    }

    static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        // Four sums side by side: each step has to wait for the one before it.
        var (a, b, c, d) = (factors[0], factors[1], factors[2], factors[3])
        let (first, second, third, fourth) = (a, b, c, d)
        var offset = 0
        while offset + 32 <= bytes.count {
            func word(_ index: Int) -> UInt64 {
                bytes.loadUnaligned(fromByteOffset: offset + index * 8, as: UInt64.self)
            }
            a = (a ^ word(0)) &* first
            b = (b ^ word(1)) &* second
            c = (c ^ word(2)) &* third
            d = (d ^ word(3)) &* fourth
            a ^= a >> 29
            b ^= b >> 29
            c ^= c >> 29
            d ^= d >> 29
            offset += 32
        }
        var sum = UInt64(bytes.count)
        while offset < bytes.count {
            sum = (sum ^ UInt64(bytes[offset])) &* first
            sum ^= sum >> 29
            offset += 1
        }
        for part in [a, b, c, d] {
            sum = (sum ^ part) &* second
            sum ^= sum >> 32
        }
        return sum
    }
}
