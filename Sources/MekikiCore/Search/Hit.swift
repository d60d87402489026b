/// An image that answers a query, with the reasons.
public struct Hit: Sendable, Equatable {
    /// Its place among all results, 1 for the best.
    public var rank: Int

    /// The image.
    public var image: ImageRecord

    /// Where its files are, ordered by path; at least one is present.
    public var files: [FileRecord]

    /// Why it is here, strongest first.
    public var reasons: [Reason]

    /// Creates a hit.
    ///
    /// - Parameters:
    ///   - rank: Its place among all results.
    ///   - image: The image.
    ///   - files: Where its files are.
    ///   - reasons: Why it is here.
    public init(rank: Int, image: ImageRecord, files: [FileRecord], reasons: [Reason]) {
        self.rank = rank
        self.image = image
        self.files = files
        self.reasons = reasons
    }

    /// How sure it is that the image answers the query: as sure as the surest reason; `nil` where no
    /// reason says.
    public var relevance: Relevance? { reasons.compactMap(\.relevance).max() }

    /// One reason for a hit: which channel found it, where it stood there, and with what score.
    public struct Reason: Sendable, Equatable {
        /// What was compared with the query.
        public var channel: Channel

        /// The image's place within this channel, 1 for the best.
        public var rank: Int

        /// How well it matched.
        public var score: Score

        /// The words that matched; `nil` for pictures.
        public var snippet: TextSnippet?

        /// How sure it makes the hit; `nil` where nothing can be said, as of the fusion.
        public var relevance: Relevance?

        /// Creates a reason.
        ///
        /// - Parameters:
        ///   - channel: What was compared.
        ///   - rank: The place within the channel.
        ///   - score: How well it matched.
        ///   - snippet: The words that matched.
        ///   - relevance: How sure it makes the hit.
        public init(
            channel: Channel,
            rank: Int,
            score: Score,
            snippet: TextSnippet? = nil,
            relevance: Relevance? = nil
        ) {
            self.channel = channel
            self.rank = rank
            self.score = score
            self.snippet = snippet
            self.relevance = relevance
        }
    }

    /// What was compared with the query.
    public enum Channel: String, Sendable, Equatable, Codable {
        /// The picture itself, by its vector.
        case image
        /// What was written about the picture, by meaning.
        case captionVector
        /// What the picture was generated from, by meaning.
        case promptVector
        /// The text in the picture, by meaning.
        case ocrVector
        /// All words, to the letter.
        case fullText
        /// All channels together, by rank.
        case fusion
        /// The reranker, which read the words that matched.
        case reranker
    }
}
