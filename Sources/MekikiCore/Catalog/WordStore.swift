/// The role that keeps the words of images and knows what is still to be done for them.
///
/// They are written by `ImageStore.apply`, with the rest of a batch.
public protocol WordStore: Sendable {
    /// The texts of images, by image: by the order of `TextOrigin.allCases`, then by place.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The texts; images without any are left out.
    /// - Throws: `MekikiError` when the storage can't be read.
    func texts(of ids: [ImageID]) async throws -> [ImageID: [ImageText]]

    /// The lines that were read in pictures, by image, in reading order.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The lines; images without any are left out.
    /// - Throws: `MekikiError` when the storage can't be read.
    func lines(of ids: [ImageID]) async throws -> [ImageID: [TextLine]]

    /// The images with a present file that a filter lets through.
    ///
    /// - Parameter filter: The filter.
    /// - Returns: The images.
    /// - Throws: `MekikiError`: `usage` for a relation that does not suit its field; when the storage
    ///   can't be read.
    func images(matching filter: Filter) async throws -> ImageSet

    /// Images with a present file for which work was not done in this version, ordered by id.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - after: Only images after this one; `nil` for all.
    ///   - limit: The most to list.
    /// - Returns: The images.
    /// - Throws: `MekikiError` when the storage can't be read.
    func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) async throws -> [ImageID]

    /// How many images with a present file await work.
    ///
    /// - Parameter work: The work.
    /// - Returns: The number.
    /// - Throws: `MekikiError` when the storage can't be read.
    func awaitingCount(_ work: FinishedWork.Work) async throws -> Int
}
