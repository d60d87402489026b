/// What a model is for.
public enum ModelRole: String, Sendable, Hashable, Codable, CaseIterable {
    /// Vectors of pictures and words in one space.
    case imageText = "image-text"

    /// Vectors of texts.
    case text

    /// Scores of a query with a text.
    case reranker
}
