import Foundation
import GRDB
import MekikiCore

/// A catalog in one SQLite file, `catalog.sqlite`, the default.
///
/// Several processes may use a library at once: readers never wait, and writers take turns. What
/// another process commits is seen by the next call. Whether only one process indexes is the
/// business of `IndexerLock`.
public final class SQLiteCatalog: Sendable {
    /// The file's name in a library's folder.
    public static let fileName = "catalog.sqlite"

    /// The database file.
    public let path: URL

    let pool: DatabasePool
    let vectors = VectorCache()
    let presence = PresenceCount()
    let options: SQLiteCatalogOptions
    /// Searches keep processors busy, so they don't run on Swift's cooperative threads.
    let searchThreads: WorkerThreads

    /// Opens a catalog; a new one is made unless it is to be only read.
    ///
    /// - Parameters:
    ///   - path: The database file. Its folder must exist.
    ///   - readOnly: Whether it is only read: then it must exist, and `apply` throws.
    /// - Throws: `MekikiError`: `noInput` when there is nothing to read, `cannotCreate` when the
    ///   file can't be made, `badData` when it is no database or a damaged one, `configuration`
    ///   when it belongs to another program or to a newer version, `unavailable` when another
    ///   process holds it for too long.
    public convenience init(path: URL, readOnly: Bool = false) throws {
        try self.init(path: path, SQLiteCatalogOptions(isReadOnly: readOnly))
    }

    package init(path: URL, _ options: SQLiteCatalogOptions) throws {
        self.path = path
        self.options = options
        try Self.checkFolder(of: path, options)
        pool = try MekikiError.mappingSQLite(path) { try Self.open(path, options) }
        searchThreads = WorkerThreads(count: options.threadCount, name: "vector search")
    }

    /// Opens the file, trying again for as long as writers wait for each other.
    ///
    /// SQLite's own waiting doesn't cover a file's switch to a write-ahead log, which two processes
    /// may want at once when a library is new.
    private static func open(_ path: URL, _ options: SQLiteCatalogOptions) throws -> DatabasePool {
        let deadline = ContinuousClock.now + .seconds(options.busyTimeout)
        while true {
            do {
                return try openOnce(path, options)
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                Thread.sleep(forTimeInterval: 0.01)
            }
        }
    }

    private static func openOnce(
        _ path: URL,
        _ options: SQLiteCatalogOptions
    ) throws -> DatabasePool {
        let pool = try DatabasePool(path: path.path, configuration: options.configuration)
        try pool.read(CatalogSchema.checkVersion)
        if options.isReadOnly {
            try pool.read(CatalogSchema.checkIsComplete)
        } else {
            try CatalogSchema.migrate(pool)
        }
        return pool
    }

    /// Reads in one transaction: whatever others write meanwhile, the answers fit together.
    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw MekikiError.ofSQLite(error, path)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw MekikiError.ofSQLite(error, path)
        }
    }

    /// SQLite says only "unable to open database file", for every reason.
    private static func checkFolder(of path: URL, _ options: SQLiteCatalogOptions) throws {
        if options.isReadOnly {
            guard FileManager.default.fileExists(atPath: path.path) else {
                throw MekikiError(
                    .noInput,
                    "There is no library here. Index a folder first, or name another library.",
                    subject: path.path
                )
            }
        } else {
            var isFolder: ObjCBool = false
            let folder = path.deletingLastPathComponent().path
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
                isFolder.boolValue
            else {
                throw MekikiError(
                    .cannotCreate,
                    "The library's folder does not exist. Create it, or name another one.",
                    subject: folder
                )
            }
        }
    }
}
