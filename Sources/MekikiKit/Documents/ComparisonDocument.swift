import MekikiCore
import MekikiSearch

/// The answers of two models to one query as JSON, the same for the command line and the HTTP API.
public struct ComparisonDocument: Encodable, Sendable {
    /// How many images were asked for of each.
    public var limit: Int
    /// How many better ones were passed over in each.
    public var offset: Int
    /// How many images both pages hold.
    public var sharedCount: Int
    /// The share of the images that both pages hold, 0 to 1.
    public var agreement: Double
    /// The answers, in the order in which the models were named.
    public var answers: [AnswerDocument]

    /// Describes a comparison.
    ///
    /// - Parameters:
    ///   - comparison: The comparison.
    ///   - limit: How many images were asked for of each.
    public init(_ comparison: SearchComparison, limit: Int) {
        self.limit = limit
        offset = comparison.first.result.offset
        sharedCount = comparison.shared.count
        agreement = comparison.agreement
        answers = [
            AnswerDocument(comparison.first, beside: comparison.second),
            AnswerDocument(comparison.second, beside: comparison.first),
        ]
    }

    /// One model's answer as JSON.
    public struct AnswerDocument: Encodable, Sendable {
        /// The model's name.
        public var model: String
        /// The fingerprint of its files.
        public var revision: String
        /// How many images were ranked.
        public var total: Int
        /// The hits, best first.
        public var hits: [ComparedHitDocument]

        /// Describes an answer.
        ///
        /// - Parameters:
        ///   - side: The answer.
        ///   - other: The other model's.
        public init(_ side: SearchComparison.Side, beside other: SearchComparison.Side) {
            model = side.space.model
            revision = side.space.revision
            total = side.result.total
            hits = side.result.hits.map { hit in
                ComparedHitDocument(
                    hit: SearchDocument.HitDocument(hit),
                    otherRank: other.rank(of: hit.image.id)
                )
            }
        }
    }

    /// A hit with its place in the other model's answer, as JSON.
    public struct ComparedHitDocument: Encodable, Sendable {
        /// The hit.
        public var hit: SearchDocument.HitDocument
        /// Its place in the other answer; absent when it is not on that page.
        public var otherRank: Int?
    }
}
