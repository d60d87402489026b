/// A score together with its kind, because scores of different kinds can't be compared.
public enum Score: Sendable, Equatable {
    /// The cosine of the angle between two unit vectors, -1 to 1.
    case cosine(Float)
    /// How well words match to the letter (BM25), 0 or more.
    case text(Float)
    /// The weighted sum of reciprocal ranks.
    case fused(Float)
    /// What a reranker said, on its own scale.
    case reranked(Float, RelevanceScale)

    /// The number, whatever its kind.
    public var value: Float {
        switch self {
        case .cosine(let value), .text(let value), .fused(let value), .reranked(let value, _): value
        }
    }

    /// The name of the kind, as documents have it.
    public var kind: String {
        switch self {
        case .cosine: "cosine"
        case .text: "text"
        case .fused: "fused"
        case .reranked(_, .probability): "rerank_probability"
        case .reranked(_, .logit): "rerank_logit"
        }
    }
}
