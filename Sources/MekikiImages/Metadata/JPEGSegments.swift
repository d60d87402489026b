/// The segments of a JPEG that hold words, up to the picture's data (ITU-T T.81, B.2.4; ISO 19566-5 for
/// boxes in APP11; XMP part 3 for what doesn't fit one segment).
struct JPEGSegments {
    /// The comments.
    private(set) var comments: [String] = []

    /// The part of XMP that its own segment had no room for.
    private(set) var extendedXMP: [UInt8] = []

    /// JUMBF boxes, put together.
    private(set) var boxes: [UInt8] = []

    /// The most bytes that are put together from segments.
    private static let most = 16 * 1024 * 1024
    private static let xmpExtension = "http://ns.adobe.com/xmp/extension/\0"

    /// Walks over the segments.
    ///
    /// - Complexity: O(n) in the bytes before the picture's data.
    init(_ bytes: FileBytes) {
        var offset = 2
        var parts: [(offset: Int, content: FileBytes)] = []
        while bytes.byte(at: offset) == 0xFF, let code = bytes.byte(at: offset + 1) {
            // Any number of 0xFF may stand before a marker.
            if code == 0xFF {
                offset += 1
                continue
            }
            guard code != 0xDA, code != 0xD9, let length = bytes.uint16(at: offset + 2, .big),
                length >= 2, let content = bytes.slice(offset + 4, count: length - 2)
            else { break }
            offset += 2 + length
            switch code {
            case 0xFE: addComment(content)
            case 0xE1 where content.has(Self.xmpExtension):
                // A hash of 32 digits, the whole length, where this part begins.
                let head = Self.xmpExtension.utf8.count + 32
                if let start = content.uint32(at: head + 4, .big),
                    let part = content.dropping(head + 8)
                {
                    parts.append((start, part))
                }
            case 0xEB: addBox(content)
            default: break
            }
        }
        for part in parts.sorted(by: { $0.offset < $1.offset })
        where part.offset == extendedXMP.count
            && extendedXMP.count + part.content.count <= Self.most
        {
            extendedXMP += part.content.array
        }
    }

    private mutating func addComment(_ content: FileBytes) {
        guard comments.count < PNGTextChunks.mostTexts else { return }
        // Some writers end it with a NUL.
        let end = content.firstIndex(of: 0) ?? content.count
        let text = content.slice(0, count: end)?.text.trimmed ?? ""
        if !text.isEmpty { comments.append(text) }
    }

    /// A part of a box: "JP", the box's number, the part's, and the box's own head, which every part
    /// repeats.
    private mutating func addBox(_ content: FileBytes) {
        guard content.has("JP"), let part = content.uint32(at: 4, .big),
            let body = content.dropping(part <= 1 ? 8 : 16),
            boxes.count + body.count <= Self.most
        else { return }
        boxes += body.array
    }
}
