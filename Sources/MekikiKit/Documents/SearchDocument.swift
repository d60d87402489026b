import MekikiCore
import MekikiSearch

/// A page of search results as JSON, the same for the command line and the HTTP API.
public struct SearchDocument: Encodable, Sendable {
    /// How many images were ranked.
    public var total: Int
    /// Whether that is exact; otherwise there are at least so many.
    public var isTotalExact: Bool
    /// How many better ones were passed over.
    public var offset: Int
    /// How many were asked for.
    public var limit: Int
    /// The hits, best first.
    public var hits: [HitDocument]
    /// What asks for the next page; absent after the last one.
    public var cursor: String?
    /// Whether nothing seems to answer the query, so that the hits are only what is nearest.
    public var nothingRelevant: Bool
    /// What was understood of the words.
    public var understood: UnderstoodDocument?

    /// Describes a page.
    ///
    /// - Parameters:
    ///   - result: The page.
    ///   - limit: How many hits were asked for.
    ///   - understood: What was understood of the words.
    public init(_ result: SearchResult, limit: Int, understood: ParsedQuery? = nil) {
        total = result.total
        isTotalExact = result.isTotalExact
        cursor = result.cursor
        nothingRelevant = result.nothingRelevant
        self.understood = understood.map(UnderstoodDocument.init)
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
        /// How sure it is that it answers the query: strong, likely or weak; absent where nothing can be
        /// said.
        public var relevance: String?
        /// Why it is here, strongest first.
        public var reasons: [ReasonDocument]

        /// Describes a hit.
        ///
        /// - Parameter hit: The hit.
        public init(_ hit: Hit) {
            rank = hit.rank
            image = ImageDocument(hit.image, hit.files)
            relevance = hit.relevance?.rawValue
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
        /// How sure it makes the hit; absent where nothing can be said.
        public var relevance: String?
        /// The kind of words that matched; absent for pictures.
        public var field: String?
        /// The piece of text that matched.
        public var snippet: String?
        /// What matched in it: pairs of the first Unicode scalar and the one behind the last.
        public var marks: [[Int]]?

        /// Describes a reason.
        ///
        /// - Parameter reason: The reason.
        public init(_ reason: Hit.Reason) {
            channel = reason.channel.rawValue
            rank = reason.rank
            score = reason.score.value
            scoreKind = reason.score.kind
            relevance = reason.relevance?.rawValue
            field = reason.snippet?.target.rawValue
            snippet = reason.snippet?.text
            marks = reason.snippet?.marks.map { [$0.lowerBound, $0.upperBound] }
        }
    }
}
