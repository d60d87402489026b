/// How sure it is that a hit has to do with the query.
public enum RelevanceBand: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Probably there by chance.
    case weak
    /// Probably right.
    case likely
    /// Almost certainly right.
    case strong

    /// Orders from weak to strong.
    public static func < (lhs: RelevanceBand, rhs: RelevanceBand) -> Bool {
        lhs.strength < rhs.strength
    }

    private var strength: Int {
        switch self {
        case .weak: 0
        case .likely: 1
        case .strong: 2
        }
    }
}
