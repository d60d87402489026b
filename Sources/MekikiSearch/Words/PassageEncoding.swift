import MekikiCore

/// Makes vectors of texts, however long they are: one for each passage that the model reads whole.
///
/// A text is found by its nearest passage. Their mean would lose half of what a single passage says.
struct PassageEncoding: Sendable {
    /// What makes the vectors.
    let encoder: any TextEncoder

    /// Encodes documents.
    ///
    /// - Parameter texts: Texts of any length.
    /// - Returns: The unit vectors of each text's passages, at least one a text.
    /// - Throws: What the encoder throws.
    func callAsFunction(_ texts: [String]) async throws -> [[Embedding]] {
        let passages = texts.map { text in
            let passages = Passages(text, tokens: encoder.maximumLength).texts
            return passages.isEmpty ? [text] : passages
        }
        let vectors = try await encoder.encode(passages.flatMap { $0 }, as: .document)
        var next = 0
        return passages.map { own in
            defer { next += own.count }
            return Array(vectors[next..<next + own.count])
        }
    }
}
