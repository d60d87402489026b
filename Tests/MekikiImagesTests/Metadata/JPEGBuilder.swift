import Foundation

/// Puts segments into JPEG files.
enum JPEGBuilder {
    /// The file with segments, each a code and its content, behind its first marker.
    static func adding(_ segments: [(code: UInt8, content: [UInt8])], to data: Data) -> Data {
        var bytes = Data(data.prefix(2))
        for (code, content) in segments {
            let length = content.count + 2
            bytes += [0xFF, code, UInt8(length >> 8), UInt8(length & 255)] + content
        }
        return bytes + data.dropFirst(2)
    }

    /// XMP's segment.
    static func xmp(_ packet: String) -> (code: UInt8, content: [UInt8]) {
        (0xE1, Array("http://ns.adobe.com/xap/1.0/\0\(packet)".utf8))
    }

    /// Segments for what XMP's own has no room for, in parts of a few bytes.
    static func extendedXMP(_ packet: String, part: Int) -> [(code: UInt8, content: [UInt8])] {
        let bytes = Array(packet.utf8)
        let head =
            Array("http://ns.adobe.com/xmp/extension/\0".utf8) + Array(repeating: 0x41, count: 32)
        return stride(from: 0, to: bytes.count, by: part).map { start in
            let own = bytes[start..<min(start + part, bytes.count)]
            return (0xE1, head + big(bytes.count, 4) + big(start, 4) + own)
        }
    }

    /// Photoshop's resources with IPTC's records among them.
    static func iptc(_ fields: [(record: UInt8, field: UInt8, value: [UInt8])]) -> (
        code: UInt8, content: [UInt8]
    ) {
        let records: [UInt8] = fields.flatMap { field -> [UInt8] in
            [0x1C, field.record, field.field] + big(field.value.count, 2) + field.value
        }
        var resources = Array("8BIM".utf8) + [0x03, 0xED, 3] + Array("abc".utf8)
        resources += big(1, 4) + [7, 0]
        resources += Array("8BIM".utf8) + [0x04, 0x04, 0, 0] + big(records.count, 4) + records
        return (0xED, Array("Photoshop 3.0\0".utf8) + resources)
    }

    /// The most significant byte first.
    static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
