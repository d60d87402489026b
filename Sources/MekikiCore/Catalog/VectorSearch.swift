/// The role that finds the nearest vectors of pictures.
///
/// It takes spaces of images; those of texts throw `MekikiError` with code `badData`.
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

    /// Images with a present file that have a vector in a space, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images' numbers.
    /// - Throws: `MekikiError` when the storage can't be read.
    func imagesWithVector(in space: VectorSpace) async throws -> [ImageID]
}
