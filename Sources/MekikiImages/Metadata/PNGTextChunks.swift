import CVips
import MekikiCore

/// The texts of a PNG file: `tEXt`, `zTXt` and `iTXt`, before and after the picture's data.
///
/// Read here and not through libvips, which stops at the picture's data and after twenty texts,
/// drops what stands behind a NUL, and says nothing about the encoding.
struct PNGTextChunks {
    /// The largest text in bytes; what is larger is left out.
    static let largestText = 16 * 1024 * 1024

    /// The most bytes of text in all, so that a thousand small chunks can't inflate to gigabytes.
    static let largestSum = 64 * 1024 * 1024

    /// The most texts that are kept.
    static let mostTexts = 1000

    /// The texts in file order, duplicates kept.
    let chunks: [ImageMetadata.TextChunk]

    /// Reads the texts of a whole file.
    init(_ bytes: FileBytes) {
        var chunks: [ImageMetadata.TextChunk] = []
        var left = Self.largestSum
        for chunk in PNGChunks(bytes) where Self.types.contains(chunk.type) {
            let limit = min(left, Self.largestText)
            if let text = Self.text(of: chunk, limit: limit) {
                left -= text.text.utf8.count
                chunks.append(text)
            } else if chunk.type == "zTXt" || chunk.type == "iTXt" {
                // In vain, and as costly: a file of nothing but bombs must come to an end too.
                left -= Self.capacity(chunk.content.count, limit: limit)
            }
            if left <= 0 || chunks.count >= Self.mostTexts { break }
        }
        self.chunks = chunks
    }

    private static let types: Set<String> = ["tEXt", "zTXt", "iTXt", "comf"]

    private static func text(of chunk: PNGChunks.Chunk, limit: Int) -> ImageMetadata.TextChunk? {
        guard let end = chunk.content.firstIndex(of: 0), (1...79).contains(end),
            let key = chunk.content.slice(0, count: end)?.text,
            let rest = chunk.content.dropping(end + 1)
        else { return nil }
        switch chunk.type {
        // ComfyUI's own, in animations, is written like `tEXt`.
        case "tEXt", "comf":
            return rest.count <= limit ? .init(key: key, text: rest.text) : nil
        case "zTXt":
            // One byte says how it is compressed, and only zlib is defined.
            return rest.dropping(1).flatMap { inflated($0, limit: limit) }
                .map { .init(key: key, text: $0) }
        default:
            return international(rest, limit: limit).map { .init(key: key, text: $0) }
        }
    }

    /// What follows an `iTXt` keyword: two bytes about compression, a language, the keyword in
    /// that language, the text.
    private static func international(_ bytes: FileBytes, limit: Int) -> String? {
        guard let isCompressed = bytes.byte(at: 0), let language = bytes.firstIndex(of: 0, from: 2),
            let keyword = bytes.firstIndex(of: 0, from: language + 1),
            let rest = bytes.dropping(keyword + 1)
        else { return nil }
        if isCompressed == 1 { return inflated(rest, limit: limit) }
        return rest.count <= limit ? rest.text : nil
    }

    /// The most that so many bytes can inflate to.
    ///
    /// Deflate can't shrink by more than about 1032 to 1, so small texts need no large buffer.
    private static func capacity(_ count: Int, limit: Int) -> Int {
        count > limit / 1040 ? limit : max(1024, count * 1040)
    }

    private static func inflated(_ bytes: FileBytes, limit: Int) -> String? {
        let capacity = capacity(bytes.count, limit: limit)
        var status = -1
        let array = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            status = mekiki_inflate(bytes.address, bytes.count, buffer.baseAddress, capacity)
            count = max(0, status)
        }
        return status < 0 ? nil : array.withUnsafeBytes { FileBytes($0).text }
    }
}
