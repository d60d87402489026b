import MekikiCore

/// Makes one vector of each text, however long it is.
///
/// Of a text with several passages it is the direction of their mean: each passage pulls it a little to
/// its side, where reading the beginning alone would lose all others.
struct PassageEncoding: Sendable {
    /// What makes the vectors.
    let encoder: any TextEncoder

    /// Encodes documents.
    ///
    /// - Parameter texts: Texts of any length.
    /// - Returns: One unit vector a text.
    /// - Throws: What the encoder throws.
    func callAsFunction(_ texts: [String]) async throws -> [Embedding] {
        let passages = texts.map { text in
            let passages = Passages(text, tokens: encoder.maximumLength).texts
            return passages.isEmpty ? [text] : passages
        }
        let vectors = try await encoder.encode(passages.flatMap { $0 }, as: .document)
        var results: [Embedding] = []
        var next = 0
        for own in passages {
            let part = vectors[next..<next + own.count]
            next += own.count
            results.append(Self.mean(Array(part)))
        }
        return results
    }

    /// The direction of the mean; the first vector where vectors cancel each other.
    static func mean(_ vectors: [Embedding]) -> Embedding {
        guard vectors.count > 1, var sum = vectors.first?.values else { return vectors[0] }
        for vector in vectors.dropFirst() {
            for (index, value) in vector.values.enumerated() { sum[index] += value }
        }
        return (try? Embedding(normalizing: sum)) ?? vectors[0]
    }
}
