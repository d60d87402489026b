import MekikiCore
import MekikiSearch

/// A page of search results as JSON, the same for the command line and the HTTP API.
public struct SearchDocument: Encodable, Sendable {
    /// How many images were ranked.
    public var total: Int
    /// How many better ones were passed over.
    public var offset: Int
    /// How many were asked for.
    public var limit: Int
    /// The hits, best first.
    public var hits: [HitDocument]

    /// Describes a page.
    ///
    /// - Parameters:
    ///   - result: The page.
    ///   - limit: How many hits were asked for.
    public init(_ result: SearchResult, limit: Int) {
        total = result.total
        offset = result.offset
        self.limit = limit
        hits = result.hits.map(HitDocument.init)
    }

    /// One hit as JSON.
    public struct HitDocument: Encodable, Sendable {
        /// Its place among all results, 1 for the best.
        public var rank: Int
        /// The image.
        public var image: ImageDocument
        /// Why it is here, strongest first.
        public var reasons: [ReasonDocument]

        /// Describes a hit.
        ///
        /// - Parameter hit: The hit.
        public init(_ hit: Hit) {
            rank = hit.rank
            image = ImageDocument(hit.image, hit.files)
            reasons = hit.reasons.map(ReasonDocument.init)
        }
    }

    /// One reason as JSON.
    public struct ReasonDocument: Encodable, Sendable {
        /// What was compared with the query.
        public var channel: String
        /// The place within this channel.
        public var rank: Int
        /// How well it matched.
        public var score: Float
        /// What the score is: scores of different kinds can't be compared.
        public var scoreKind: String

        /// Describes a reason.
        ///
        /// - Parameter reason: The reason.
        public init(_ reason: Hit.Reason) {
            channel = reason.channel.rawValue
            rank = reason.rank
            score = reason.score.value
            scoreKind = reason.score.kind
        }
    }
}
