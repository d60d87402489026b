import GRDB
import MekikiCore

/// Rows of `file` and `failure`, to records.
///
/// SQLite orders paths by their UTF-8 bytes, so that two names which differ only in how an accent
/// or a voiced kana is composed have a definite order too.
enum FileRow {
    /// Files of all roots, or of one.
    ///
    /// The root, `?1`, is NULL for all. It comes first in the join, so that its index
    /// and the file's primary key give the order and nothing is sorted.
    static let selectionByRoot = """
        SELECT root.path, file.path, byte_count, modified_at, image_id, is_missing
        FROM root CROSS JOIN file ON file.root_id = root.id
        WHERE ?1 IS NULL OR root.path = ?1
        ORDER BY root.path, file.path
        """

    /// Files of the images in a JSON array of numbers.
    static let selectionByImage = """
        SELECT root.path, file.path, byte_count, modified_at, image_id, is_missing
        FROM file JOIN root ON root.id = file.root_id
        WHERE image_id IN (SELECT value FROM json_each(?))
        ORDER BY root.path, file.path
        """

    static let failureSelection = """
        SELECT root.path, failure.path, byte_count, modified_at, reason
        FROM root CROSS JOIN failure ON failure.root_id = root.id
        WHERE ?1 IS NULL OR root.path = ?1
        ORDER BY root.path, failure.path
        """

    static func file(_ row: Row) throws -> FileRecord {
        FileRecord(
            location: try location(row),
            stamp: try stamp(row),
            imageID: ImageID(rawValue: try row.decode(atIndex: 4)),
            isMissing: try row.decode(atIndex: 5)
        )
    }

    static func failure(_ row: Row) throws -> FailureRecord {
        FailureRecord(
            location: try location(row),
            stamp: try stamp(row),
            reason: try row.decode(atIndex: 4)
        )
    }

    private static func location(_ row: Row) throws -> FileLocation {
        FileLocation(root: try row.decode(atIndex: 0), path: try row.decode(atIndex: 1))
    }

    private static func stamp(_ row: Row) throws -> FileStamp {
        FileStamp(byteCount: try row.decode(atIndex: 2), modifiedAt: try row.decode(atIndex: 3))
    }

    /// The files of images, by image, missing ones included.
    static func files(of ids: [ImageID], _ db: Database) throws -> [ImageID: [FileRecord]] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: selectionByImage),
            arguments: [IDList.json(ids.map(\.rawValue))]
        )
        return try Dictionary(grouping: rows.map(file), by: \.imageID)
    }
}
