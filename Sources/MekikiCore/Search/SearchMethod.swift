/// How a query is compared.
public enum SearchMethod: String, Sendable, Hashable, Codable, CaseIterable {
    /// By meaning and to the letter, in one ranking.
    case hybrid
    /// By meaning alone: the nearest vectors.
    case vector
    /// To the letter alone: full text.
    case text
}
