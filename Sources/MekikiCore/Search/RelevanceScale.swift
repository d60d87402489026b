import Foundation

/// What a reranker's scores are.
public enum RelevanceScale: String, Sendable, Codable, CaseIterable {
    /// From 0, beside the point, to 1, an answer.
    case probability
    /// Log-odds of that: any number, 0 for an even chance.
    case logit

    /// A score as a number from 0 to 1, for people.
    ///
    /// - Parameter score: A score of this scale.
    /// - Returns: The probability that the text answers the query, as the model sees it.
    public func probability(of score: Float) -> Float {
        switch self {
        case .probability: score
        case .logit: Float(1 / (1 + exp(-Double(score))))
        }
    }
}
