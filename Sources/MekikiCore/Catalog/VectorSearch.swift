/// The role that finds the nearest vectors.
public protocol VectorSearch: Sendable {
    /// The images whose vectors have the greatest inner product with a query.
    ///
    /// Images without a present file don't take part. Equal scores are ordered by image id.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: The space to search.
    ///   - request: How many, from where, without which.
    /// - Returns: The neighbours, nearest first, and how many images took part.
    /// - Throws: `MekikiError` with code `badData` when the query has another dimension than the
    ///   space.
    func nearest(
        to query: Embedding,
        in space: VectorSpace,
        _ request: NearestRequest
    ) async throws -> NearestResult

    /// The stored vectors of images; images without one in this space are left out.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: The space.
    /// - Returns: The unit vectors by image.
    /// - Throws: `MekikiError` when the storage can't be read.
    func embeddings(of ids: [ImageID], in space: VectorSpace) async throws -> [ImageID: Embedding]

    /// Images with a present file that have no vector in a space yet, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images' numbers.
    /// - Throws: `MekikiError` when the storage can't be read.
    func imagesWithoutVector(in space: VectorSpace) async throws -> [ImageID]
}

/// How many neighbours are wanted, from which place on, and without which images.
public struct NearestRequest: Sendable, Hashable {
    /// How many neighbours are wanted.
    public var limit: Int

    /// How many of the nearest are passed over first.
    public var offset: Int

    /// Images that don't take part.
    public var excluded: Set<ImageID>

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - limit: How many neighbours are wanted.
    ///   - offset: How many of the nearest are passed over first.
    ///   - excluded: Images that don't take part.
    public init(limit: Int, offset: Int = 0, excluded: Set<ImageID> = []) {
        self.limit = limit
        self.offset = offset
        self.excluded = excluded
    }
}

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
