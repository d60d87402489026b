/// The role that finds the texts whose vectors are nearest to a query.
public protocol TextVectorSearch: Sendable {
    /// The images that have the texts with the greatest inner product with a query, each once, by its
    /// best text.
    ///
    /// Images without a present file don't take part. Equal scores are ordered by image.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: A space of texts.
    ///   - request: Which kinds of words, how many, from where, among which images.
    /// - Returns: The neighbours, nearest first, and how many images took part.
    /// - Throws: `MekikiError` with code `badData` for a space of another role or dimension.
    func nearestTexts(
        to query: Embedding,
        in space: VectorSpace,
        _ request: TextRequest
    ) async throws -> NearestTexts
}
