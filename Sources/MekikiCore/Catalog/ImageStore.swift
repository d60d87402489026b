/// The role that keeps images, their files, and what failed.
///
/// Whatever the implementation, the answers are the same: the compatibility suite in
/// MekikiTesting says so.
public protocol ImageStore: Sendable {
    /// Applies changes in one transaction: all of them, or none.
    ///
    /// - Parameter changes: What to change.
    /// - Throws: `MekikiError`: `unavailable` when another process holds the library for too long,
    ///   `inputOutput` when the disk fails, `badData` when a change names an unknown image or
    ///   text, or a vector has another dimension or role than its space.
    func apply(_ changes: CatalogChanges) async throws

    /// The files known under a root, missing ones included, ordered by path.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The files.
    /// - Throws: `MekikiError` when the storage can't be read.
    func files(under root: String?) async throws -> [FileRecord]

    /// The failures known under a root, ordered by path.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The failures.
    /// - Throws: `MekikiError` when the storage can't be read.
    func failures(under root: String?) async throws -> [FailureRecord]

    /// The records of images, in the order of `ids`; unknown ids are left out.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The records.
    /// - Throws: `MekikiError` when the storage can't be read.
    func images(_ ids: [ImageID]) async throws -> [ImageRecord]

    /// The files of images, by image, each list ordered by path, missing ones included.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The files by image.
    /// - Throws: `MekikiError` when the storage can't be read.
    func files(of ids: [ImageID]) async throws -> [ImageID: [FileRecord]]

    /// The numbers of images by their content; unknown hashes are left out.
    ///
    /// - Parameter hashes: The contents wanted.
    /// - Returns: The images' numbers by content.
    /// - Throws: `MekikiError` when the storage can't be read.
    func imageIDs(of hashes: [ContentHash]) async throws -> [ContentHash: ImageID]

    /// A page of the images with at least one present file, newest first (by arrival, then by id,
    /// both descending), with the number of all of them.
    ///
    /// - Parameters:
    ///   - limit: How many are wanted.
    ///   - offset: How many are passed over first.
    /// - Returns: The page; its records, files and total are of the same moment.
    /// - Throws: `MekikiError` when the storage can't be read.
    func newest(limit: Int, offset: Int) async throws -> ImagePage

    /// Counts of what the catalog holds.
    func statistics() async throws -> CatalogStatistics
}
