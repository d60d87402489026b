/// How sure it is that a hit answers the query, in bands rather than numbers: bare cosines of different
/// models and queries mean different things.
public enum Relevance: String, Sendable, Codable, CaseIterable, Comparable {
    /// No better than what would be found for any query.
    case weak
    /// Probably an answer.
    case likely
    /// An answer, as far as the model can tell.
    case strong

    /// Weaker bands come first.
    ///
    /// - Parameters:
    ///   - left: A band.
    ///   - right: Another one.
    /// - Returns: Whether the first is the weaker one.
    public static func < (left: Relevance, right: Relevance) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .weak: 0
        case .likely: 1
        case .strong: 2
        }
    }
}
