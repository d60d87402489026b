import Foundation

/// Builds PNG files by hand, for what no well-behaved encoder writes.
struct PNGBuilder {
    private(set) var data = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])

    /// A grey picture of one pixel with chunks before and after its data.
    static func pixel(before: [(String, [UInt8])] = [], after: [(String, [UInt8])] = []) -> Data {
        var builder = PNGBuilder()
        builder.addHeader(width: 1, height: 1)
        before.forEach { builder.add($0.0, $0.1) }
        builder.add("IDAT", stored([0, 127]))
        after.forEach { builder.add($0.0, $0.1) }
        builder.add("IEND", [])
        return builder.data
    }

    /// Adds a header for 8-bit grey.
    mutating func addHeader(width: UInt32, height: UInt32) {
        add("IHDR", Self.big(width) + Self.big(height) + [8, 0, 0, 0, 0])
    }

    /// Adds a chunk.
    mutating func add(_ type: String, _ content: [UInt8]) {
        let body = Array(type.utf8) + content
        data.append(contentsOf: Self.big(UInt32(content.count)) + body + Self.big(Self.crc(body)))
    }

    /// A zlib stream of one stored block: bytes as they are (RFC 1950 and 1951).
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        precondition(bytes.count <= 65_535, "A stored block holds 65,535 bytes.")
        let count = UInt16(bytes.count)
        let length = [UInt8(count & 255), UInt8(count >> 8)]
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return [0x78, 0x01, 1] + length + length.map { ~$0 } + bytes + big(b << 16 | a)
    }

    private static func big(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// The checksum of PNG's annex D.
    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
            }
        }
    }
}
