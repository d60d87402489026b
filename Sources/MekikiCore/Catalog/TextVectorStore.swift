/// The role that keeps the vectors of texts that belong to images.
///
/// They are written by `ImageStore.apply`, with the rest of a batch.
public protocol TextVectorStore: Sendable {
    /// Texts of images with a present file that have no vector in a space yet, ordered by image and
    /// place.
    ///
    /// - Parameters:
    ///   - space: A space of texts.
    ///   - limit: The most to list.
    /// - Returns: The texts.
    /// - Throws: `MekikiError`: `badData` for a space of another role; when the storage can't be read.
    func textsWithoutVector(in space: VectorSpace, limit: Int) async throws -> [ImageText]

    /// The stored vectors of the texts of images; texts without one in this space are left out.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: A space of texts.
    /// - Returns: The unit vectors of each text's passages, in their order.
    /// - Throws: `MekikiError`: `badData` for a space of another role; when the storage can't be read.
    func textEmbeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) async throws -> [ImageTextID: [Embedding]]
}
