import MekikiCore

/// The comments of a GIF file (GIF89a, 24), which libvips doesn't read.
struct GIFComments {
    /// The name under which a comment is kept, since GIF gives it none.
    static let key = "Comment"

    /// The comments in file order.
    let chunks: [ImageMetadata.TextChunk]

    /// Reads the comments of a whole file, within the same bounds as PNG's texts.
    ///
    /// - Complexity: O(n / 255) in the file's bytes: from block to block.
    init(_ bytes: FileBytes) {
        var chunks: [ImageMetadata.TextChunk] = []
        var left = PNGTextChunks.largestSum
        var offset = 13 + Self.tableSize(bytes.byte(at: 10))
        while let introducer = bytes.byte(at: offset), chunks.count < PNGTextChunks.mostTexts {
            switch introducer {
            case 0x21:
                let isComment = bytes.byte(at: offset + 1) == 0xFE
                offset += 2
                let content = Self.readBlocks(
                    bytes,
                    &offset,
                    limit: isComment ? min(left, PNGTextChunks.largestText) : 0
                )
                if isComment, let content {
                    left -= content.count
                    let text = content.withUnsafeBytes { FileBytes($0).text }
                    chunks.append(.init(key: Self.key, text: text))
                }
            case 0x2C:
                // The descriptor, its colours, and the size of the first code.
                offset += 11 + Self.tableSize(bytes.byte(at: offset + 9))
                _ = Self.readBlocks(bytes, &offset, limit: 0)
            default:
                offset = bytes.count
            }
        }
        self.chunks = chunks
    }

    /// The bytes of a colour table by the flags that announce it.
    private static func tableSize(_ flags: UInt8?) -> Int {
        guard let flags, flags & 0x80 != 0 else { return 0 }
        return 3 << (Int(flags & 7) + 1)
    }

    /// Steps over blocks up to the empty one, and gives their content unless it is larger than the
    /// limit or cut off.
    private static func readBlocks(
        _ bytes: FileBytes,
        _ offset: inout Int,
        limit: Int
    ) -> [UInt8]? {
        var content: [UInt8] = []
        var isWithinLimit = true
        while let size = bytes.byte(at: offset) {
            offset += 1
            if size == 0 { return isWithinLimit ? content : nil }
            isWithinLimit = isWithinLimit && content.count + Int(size) <= limit
            if isWithinLimit, let block = bytes.slice(offset, count: Int(size)) {
                content += block.array
            }
            offset += Int(size)
        }
        return nil
    }
}
