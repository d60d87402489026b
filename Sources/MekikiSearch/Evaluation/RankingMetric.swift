/// A number that says how well a query's right images are ranked, 0 to 1.
public enum RankingMetric: String, CaseIterable, Sendable, Codable {
    /// The share of the right images at the first place.
    case recall1 = "recall@1"
    /// The share of the right images among the first five.
    case recall5 = "recall@5"
    /// The share of the right images among the first ten.
    case recall10 = "recall@10"
    /// One over the place of the first right image; its mean is the mean reciprocal rank.
    case reciprocalRank = "MRR"
    /// The normalised discounted cumulative gain of the first ten.
    case normalizedGain10 = "nDCG@10"

    /// The number for one query.
    ///
    /// - Parameter outcome: Where its right images stood.
    /// - Returns: 0 to 1.
    public func value(of outcome: QueryOutcome) -> Double {
        switch self {
        case .recall1: outcome.recall(at: 1)
        case .recall5: outcome.recall(at: 5)
        case .recall10: outcome.recall(at: 10)
        case .reciprocalRank: outcome.reciprocalRank
        case .normalizedGain10: outcome.normalizedGain(at: 10)
        }
    }
}
