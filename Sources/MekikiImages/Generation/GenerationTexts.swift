import MekikiCore

/// The texts of a file, by key.
struct GenerationTexts {
    /// All texts in their order.
    let chunks: [ImageMetadata.TextChunk]

    init(_ chunks: [ImageMetadata.TextChunk]) { self.chunks = chunks }

    /// The first text under a key.
    subscript(_ key: String) -> String? { chunks.first { $0.key == key }?.text }

    /// The first text under a key, as JSON.
    func json(_ key: String) -> LooseJSON? {
        // Most texts are none, and a long prompt need not be looked through.
        self[key].flatMap { text in
            text.first { !$0.isWhitespace } == "{" ? LooseJSON(text) : nil
        }
    }

    /// The texts that may hold a generator's words without saying whose: EXIF's comment first, as the most
    /// used program prefers it to PNG's own text.
    var comments: [String] {
        ["UserComment", "parameters", "Comment", "postprocessing"].flatMap { key in
            chunks.filter { $0.key == key }.map(\.text)
        }
    }
}
