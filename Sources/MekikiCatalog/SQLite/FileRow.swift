import GRDB
import MekikiCore

/// Rows of `file` and `failure`, to records.
///
/// SQLite orders paths by their UTF-8 bytes, so that two names which differ only in how an accent
/// or a voiced kana is composed have a definite order too.
enum FileRow {
    /// The columns of a file without its root, which is one for many rows.
    private static let columns = """
        file.path, file.byte_count, file.modified_at, file.inode, file.image_id, file.is_missing
        """

    /// Roots, ordered: all of them, or the one that `?1` names.
    private static let roots = """
        SELECT id, path FROM root WHERE ?1 IS NULL OR path = ?1 ORDER BY path
        """

    /// Files of one root; the primary key gives the order, and nothing is sorted.
    private static let selectionByRoot = """
        SELECT \(columns) FROM file WHERE root_id = ? ORDER BY path
        """

    private static let failureSelection = """
        SELECT path, byte_count, modified_at, inode, reason FROM failure
        WHERE root_id = ? ORDER BY path
        """

    /// Files of the images in a JSON array of numbers.
    static let selectionByImage = """
        SELECT \(columns), root.path
        FROM file JOIN root ON root.id = file.root_id
        WHERE image_id IN (SELECT value FROM json_each(?))
        ORDER BY root.path, file.path
        """

    /// The files of all roots, or of one, ordered by the bytes of root and path.
    static func files(under root: String?, _ db: Database) throws -> [FileRecord] {
        let statement = try db.cachedStatement(sql: selectionByRoot)
        return try eachRoot(root, db) { id, path in
            let rows = try Row.fetchCursor(statement, arguments: [id])
            return try Array(rows.map { try file($0, under: path) })
        }
    }

    /// The failures of all roots, or of one, ordered by the bytes of root and path.
    static func failures(under root: String?, _ db: Database) throws -> [FailureRecord] {
        let statement = try db.cachedStatement(sql: failureSelection)
        return try eachRoot(root, db) { id, path in
            let rows = try Row.fetchCursor(statement, arguments: [id])
            return try Array(
                rows.map { row in
                    FailureRecord(
                        location: FileLocation(root: path, path: try row.decode(atIndex: 0)),
                        stamp: try stamp(row),
                        reason: try row.decode(atIndex: 4)
                    )
                }
            )
        }
    }

    private static func eachRoot<Record>(
        _ root: String?,
        _ db: Database,
        _ records: (Int64, String) throws -> [Record]
    ) throws -> [Record] {
        let statement = try db.cachedStatement(sql: roots)
        return try Row.fetchAll(statement, arguments: [root])
            .flatMap { try records($0.decode(atIndex: 0), $0.decode(atIndex: 1)) }
    }

    /// The files of images, by image, missing ones included.
    static func files(of ids: [ImageID], _ db: Database) throws -> [ImageID: [FileRecord]] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: selectionByImage),
            arguments: [IDList.json(ids.map(\.rawValue))]
        )
        return try Dictionary(
            grouping: rows.map { try file($0, under: $0.decode(atIndex: 6)) },
            by: \.imageID
        )
    }

    /// An inode as SQLite keeps it: its integers have a sign.
    static func stored(_ inode: UInt64?) -> Int64? { inode.map(Int64.init(bitPattern:)) }

    private static func file(_ row: Row, under root: String) throws -> FileRecord {
        FileRecord(
            location: FileLocation(root: root, path: try row.decode(atIndex: 0)),
            stamp: try stamp(row),
            imageID: ImageID(rawValue: try row.decode(atIndex: 4)),
            isMissing: try row.decode(atIndex: 5)
        )
    }

    private static func stamp(_ row: Row) throws -> FileStamp {
        let inode: Int64? = try row.decode(atIndex: 3)
        return FileStamp(
            byteCount: try row.decode(atIndex: 1),
            modifiedAt: try row.decode(atIndex: 2),
            inode: inode.map(UInt64.init(bitPattern:))
        )
    }
}
