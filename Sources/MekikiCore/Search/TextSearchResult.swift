/// Images that have the words of a query.
public struct TextSearchResult: Sendable, Equatable {
    /// The matches, best first.
    public var matches: [Match]

    /// How many images match in all.
    public var total: Int

    /// Creates a result.
    ///
    /// - Parameters:
    ///   - matches: The matches, best first.
    ///   - total: How many images match in all.
    public init(matches: [Match], total: Int) {
        self.matches = matches
        self.total = total
    }

    /// An image with the words.
    public struct Match: Sendable, Equatable {
        /// The image.
        public var id: ImageID

        /// How well the words match, greater for better: BM25 where the storage has it.
        public var score: Float

        /// Creates a match.
        ///
        /// - Parameters:
        ///   - id: The image.
        ///   - score: How well the words match.
        public init(id: ImageID, score: Float) {
            self.id = id
            self.score = score
        }
    }
}
