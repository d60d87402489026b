import Foundation

/// Gzip without compression: what matters is that the bytes differ from the content's.
enum StoredGzip {
    /// A content of at most 65,535 bytes in the format of RFC 1952, in one block that is stored as it is.
    static func encode(_ data: Data) -> Data {
        var result = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1])
        let length = UInt16(data.count)
        append(length, to: &result)
        append(~length, to: &result)
        result.append(data)
        append(checksum(data), to: &result)
        append(UInt32(data.count), to: &result)
        return result
    }

    private static func append(_ value: some FixedWidthInteger, to data: inout Data) {
        withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
    }

    /// CRC-32, as gzip wants it.
    private static func checksum(_ data: Data) -> UInt32 {
        var sum: UInt32 = 0xFFFF_FFFF
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
