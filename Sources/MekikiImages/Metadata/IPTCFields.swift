/// The words of IPTC-IIM (IIM 4.2, records 1 and 2), which agencies' and older programs' files have.
struct IPTCFields {
    /// Headlines and titles.
    private(set) var titles: [String] = []
    /// The caption.
    private(set) var descriptions: [String] = []
    /// The keywords.
    private(set) var keywords: [String] = []
    /// Who made the picture.
    private(set) var creators: [String] = []
    /// City, state, country.
    private(set) var places: [String] = []

    private static let mostFields = 2000

    /// Reads records, with or without Photoshop's resources around them.
    ///
    /// Anything else has no fields.
    init(_ bytes: FileBytes?) {
        guard let bytes else { return }
        let records = bytes.has("Photoshop 3.0\0") ? Self.resource(in: bytes) : bytes
        guard let records else { return }
        var offset = 0
        var isUTF8 = false
        for _ in 0..<Self.mostFields {
            guard records.byte(at: offset) == 0x1C, let record = records.byte(at: offset + 1),
                let field = records.byte(at: offset + 2),
                let size = records.uint16(at: offset + 3, .big)
            else { break }
            var length = size
            offset += 5
            if size & 0x8000 != 0 {
                // The length of the length.
                guard size & 0x7FFF == 4, let long = records.uint32(at: offset, .big) else { break }
                length = long
                offset += 4
            }
            guard let content = records.slice(offset, count: length) else { break }
            offset += length
            if record == 1, field == 90 { isUTF8 = content.starts(with: [0x1B, 0x25, 0x47]) }
            guard record == 2 else { continue }
            // Without the mark it may be UTF-8 all the same; `text` takes what is valid as that.
            let text = isUTF8 ? String(decoding: content.array, as: UTF8.self) : content.text
            add(text.trimmed, field)
        }
    }

    private mutating func add(_ text: String, _ field: UInt8) {
        guard !text.isEmpty else { return }
        switch field {
        case 5, 105: titles.append(text)
        case 120: descriptions.append(text)
        case 25: keywords.append(text)
        case 80: creators.append(text)
        case 90, 92, 95, 101: places.append(text)
        default: break
        }
    }

    /// The records among Photoshop's image resources: "8BIM", a number, a name, a size, the content.
    private static func resource(in bytes: FileBytes) -> FileBytes? {
        var offset = 14
        while bytes.has("8BIM", at: offset), let number = bytes.uint16(at: offset + 4, .big),
            let name = bytes.byte(at: offset + 6)
        {
            // The name's length counts itself, and both are padded to an even number.
            let start = offset + 6 + (Int(name) + 2) / 2 * 2
            guard let size = bytes.uint32(at: start, .big),
                let content = bytes.slice(start + 4, count: size)
            else { return nil }
            if number == 0x0404 { return content }
            offset = start + 4 + (size + 1) / 2 * 2
        }
        return nil
    }
}
