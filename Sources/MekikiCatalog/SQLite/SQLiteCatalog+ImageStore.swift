import Foundation
import GRDB
import MekikiCore

extension SQLiteCatalog: ImageStore {
    /// Applies changes in one transaction: all of them, or none.
    ///
    /// - Parameter changes: What to change.
    /// - Throws: `MekikiError`, as the role says; `usage` when the catalog is only read.
    public func apply(_ changes: CatalogChanges) async throws {
        try requireWriting()
        let now = options.now()
        try await write { db in
            var writer = ChangeWriter(db, now: now)
            try writer.write(changes)
        }
    }

    /// The files known under a root, missing ones included, ordered by the bytes of their paths.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The files.
    /// - Throws: `MekikiError` when the library can't be read.
    public func files(under root: String?) async throws -> [FileRecord] {
        try await read { db in try FileRow.files(under: root, db) }
    }

    /// The failures known under a root, ordered by the bytes of their paths.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The failures.
    /// - Throws: `MekikiError` when the library can't be read.
    public func failures(under root: String?) async throws -> [FailureRecord] {
        try await read { db in try FileRow.failures(under: root, db) }
    }

    /// The records of images, in the order of `ids`; unknown ids are left out.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The records; one for each time that an id is named.
    /// - Throws: `MekikiError` when the library can't be read.
    public func images(_ ids: [ImageID]) async throws -> [ImageRecord] {
        try await read { db in
            let records = try ImageRow.records(ids.map(\.rawValue), db)
            return ids.compactMap { records[$0.rawValue] }
        }
    }

    /// The files of images, by image, each list ordered by the bytes of the paths.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The files, missing ones included; no entry for an unknown image.
    /// - Throws: `MekikiError` when the library can't be read.
    public func files(of ids: [ImageID]) async throws -> [ImageID: [FileRecord]] {
        try await read { db in try FileRow.files(of: ids, db) }
    }

    /// The numbers of images by their content; unknown hashes are left out.
    ///
    /// - Parameter hashes: The contents wanted.
    /// - Returns: The numbers.
    /// - Throws: `MekikiError` when the library can't be read.
    public func imageIDs(of hashes: [ContentHash]) async throws -> [ContentHash: ImageID] {
        try await read { db in
            // One cached statement, run again and again: SQLite has no round trips to save, and
            // 3.40 can't read binary out of a JSON array.
            let statement = try db.cachedStatement(sql: "SELECT id FROM image WHERE hash = ?")
            var ids: [ContentHash: ImageID] = [:]
            for hash in hashes {
                let id = try Int64.fetchOne(statement, arguments: [Data(hash.bytes)])
                ids[hash] = id.map(ImageID.init(rawValue:))
            }
            return ids
        }
    }

    /// A page of the images with at least one present file, newest first, equals by descending id.
    ///
    /// - Parameters:
    ///   - limit: How many are wanted.
    ///   - offset: How many are passed over first.
    /// - Returns: The page, all of one moment.
    /// - Throws: `MekikiError` when the library can't be read.
    /// - Complexity: O(limit + offset); while nothing changes, the total is not counted again.
    public func newest(limit: Int, offset: Int) async throws -> ImagePage {
        precondition(limit >= 0 && offset >= 0, "Counts can't be negative.")
        return try await read { db, opened in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT id FROM image
                    WHERE EXISTS (SELECT 1 FROM file WHERE image_id = image.id AND is_missing = 0)
                    ORDER BY added_at DESC, id DESC LIMIT ? OFFSET ?
                    """
            )
            let ids = try Int64.fetchAll(statement, arguments: [limit, offset])
            let records = try ImageRow.records(ids, db)
            let files = try FileRow.files(of: ids.map(ImageID.init(rawValue:)), db)
            return ImagePage(
                images: ids.compactMap { records[$0] }
                    .map { ShownImage(image: $0, files: files[$0.id] ?? []) },
                total: try opened.presence.count(db),
                offset: offset
            )
        }
    }

    /// Counts of what the catalog holds.
    ///
    /// - Returns: The counts, all of the same moment.
    /// - Throws: `MekikiError` when the library can't be read.
    public func statistics() async throws -> CatalogStatistics {
        try await read { db, opened in
            func count(_ sql: String) throws -> Int {
                try Int.fetchOne(db.cachedStatement(sql: "SELECT count(*) FROM " + sql)) ?? 0
            }
            return CatalogStatistics(
                imageCount: try opened.presence.count(db),
                fileCount: try count("file WHERE is_missing = 0"),
                missingFileCount: try count("file WHERE is_missing = 1"),
                failureCount: try count("failure"),
                roots: try String.fetchAll(
                    db,
                    sql: """
                        SELECT path FROM root
                        WHERE EXISTS (SELECT 1 FROM file WHERE root_id = root.id)
                            OR EXISTS (SELECT 1 FROM failure WHERE root_id = root.id)
                        ORDER BY path
                        """
                ),
                spaces: try SpaceRow.counts(db)
            )
        }
    }
}
