/// The images that have the texts nearest to a query.
public struct NearestTexts: Sendable, Equatable {
    /// The neighbours, nearest first.
    public var neighbors: [Neighbor]

    /// How many images took part in the comparison.
    public var total: Int

    /// Creates a result.
    ///
    /// - Parameters:
    ///   - neighbors: The neighbours, nearest first.
    ///   - total: How many images took part.
    public init(neighbors: [Neighbor], total: Int) {
        self.neighbors = neighbors
        self.total = total
    }

    /// An image by its best text.
    public struct Neighbor: Sendable, Equatable {
        /// The text, which names the image.
        public var id: ImageTextID

        /// The kind of words.
        public var target: TextTarget

        /// Which of the text's passages is the nearest, from 0.
        public var passage: Int

        /// The cosine of the angle between the passage and the query.
        public var cosine: Float

        /// Creates a neighbour.
        ///
        /// - Parameters:
        ///   - id: The text.
        ///   - target: The kind of words.
        ///   - passage: Which of the text's passages it is.
        ///   - cosine: The cosine of the angle.
        public init(id: ImageTextID, target: TextTarget, passage: Int = 0, cosine: Float) {
            self.id = id
            self.target = target
            self.passage = passage
            self.cosine = cosine
        }
    }
}
