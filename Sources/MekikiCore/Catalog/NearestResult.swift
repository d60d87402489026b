/// The nearest images of a query.
public struct NearestResult: Sendable, Equatable {
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

    /// An image and its cosine similarity to the query.
    public struct Neighbor: Sendable, Equatable {
        /// The image.
        public var id: ImageID

        /// The inner product with the query, which is the cosine of the angle between them.
        public var cosine: Float

        /// Creates a neighbour.
        ///
        /// - Parameters:
        ///   - id: The image.
        ///   - cosine: The inner product with the query.
        public init(id: ImageID, cosine: Float) {
            self.id = id
            self.cosine = cosine
        }
    }
}
