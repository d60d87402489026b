import Foundation
import GRDB
import MekikiCore
import Synchronization

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

    let options: SQLiteCatalogOptions
    /// Searches keep processors busy, so they don't run on Swift's cooperative threads.
    let searchThreads: WorkerThreads
    let current: Mutex<OpenCatalog>

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
        try self.init(path: path, SQLiteCatalogOptions(access: readOnly ? .reading : .writing))
    }

    /// Opens a catalog to write where that is possible, and otherwise to read: on a read-only file
    /// system, in somebody else's folder, on a full disk.
    ///
    /// - Parameter path: The database file, which must exist.
    /// - Returns: The catalog; `apply` throws where it can't be written.
    /// - Throws: `MekikiError`, as when it is opened to write.
    public static func readingAtLeast(path: URL) throws -> SQLiteCatalog {
        try SQLiteCatalog(path: path, SQLiteCatalogOptions(access: .readingAtLeast))
    }

    package init(path: URL, _ options: SQLiteCatalogOptions) throws {
        self.path = path
        self.options = options
        try Self.checkFile(path, options.access)
        current = Mutex(try MekikiError.mappingSQLite(path) { try Self.open(path, options) })
        searchThreads = WorkerThreads(count: options.threadCount, name: "vector search")
    }

    /// Whether changes can be applied.
    package var isWritable: Bool { current.withLock { $0.way == nil } }

    /// Opens the file, trying again for as long as writers wait for each other.
    ///
    /// SQLite's own waiting doesn't cover a file's switch to a write-ahead log, which two processes
    /// may want at once when a library is new.
    private static func open(_ path: URL, _ options: SQLiteCatalogOptions) throws -> OpenCatalog {
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
    ) throws -> OpenCatalog {
        switch options.access {
        case .reading: return try OpenCatalog.reading(path, options)
        case .writing: return try OpenCatalog.writing(path, options)
        case .readingAtLeast:
            do {
                return try OpenCatalog.writing(path, options)
            } catch let error as DatabaseError where error.isOfTheFileSystem {
                return try OpenCatalog.reading(path, options)
            }
        }
    }

    /// The file as it is open now; opened anew when the path leads to another one.
    private func opened() throws -> OpenCatalog {
        try current.withLock { opened in
            if opened.isInPlace, opened.isUntouched { return opened }
            guard CatalogStamp.file(path.path) != nil else {
                throw MekikiError(
                    .unavailable,
                    """
                    The library is gone: its folder was removed or renamed, or its disk is not \
                    mounted. Put it back; who waits for it goes on by itself.
                    """,
                    subject: path.path
                )
            }
            // Nobody else's library: what stands there now was made, restored or repaired meanwhile.
            try Self.checkFile(path, options.access == .writing ? .readingAtLeast : options.access)
            opened = try Self.open(path, options)
            return opened
        }
    }

    /// Reads in one transaction: whatever others write meanwhile, the answers fit together.
    func read<Value: Sendable>(
        _ body: @Sendable (Database, OpenCatalog) throws -> Value
    ) async throws -> Value {
        do {
            for _ in 0..<20 {
                let opened = try opened()
                let result: Result<Value, any Error>
                do {
                    result = .success(try await opened.pool.read { try body($0, opened) })
                } catch {
                    result = .failure(error)
                }
                // Otherwise somebody wrote who could not be seen, and neither answer nor error counts.
                if opened.isUntouched { return try result.get() }
            }
            throw DatabaseError(resultCode: .SQLITE_BUSY)
        } catch {
            throw MekikiError.ofSQLite(error, path)
        }
    }

    func read<Value: Sendable>(
        _ body: @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await read { db, _ in try body(db) }
    }

    /// Refuses changes by whoever opened the library only to read it.
    func requireWriting() throws {
        guard options.access != .reading else {
            throw MekikiError(
                .usage,
                "The library was opened only to be read.",
                subject: path.path
            )
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        do {
            let opened = try opened()
            guard opened.way == nil else {
                throw DatabaseError(
                    resultCode: DiskSpace.isExhausted(at: path) ? .SQLITE_FULL : .SQLITE_READONLY
                )
            }
            return try await opened.pool.write(body)
        } catch {
            throw MekikiError.ofSQLite(error, path)
        }
    }

    /// SQLite says only "unable to open database file", for every reason.
    private static func checkFile(_ path: URL, _ access: SQLiteCatalogOptions.Access) throws {
        guard access == .writing else {
            guard let file = CatalogStamp.file(path.path) else {
                throw MekikiError(
                    .noInput,
                    "There is no library here. Index a folder first, or name another library.",
                    subject: path.path
                )
            }
            if access == .readingAtLeast, file.byteCount == 0 { throw emptiness(of: path) }
            return
        }
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
        // SQLite would throw the log of an empty file away.
        let stamp = CatalogStamp(of: path)
        if stamp.catalog?.byteCount == 0, (stamp.log?.byteCount ?? 0) > 0 {
            throw emptiness(of: path)
        }
    }

    /// An empty file is what a library is for a moment when it is made, and what is left of one after
    /// an accident: no search may say that it found nothing.
    private static func emptiness(of path: URL) -> MekikiError {
        MekikiError(
            .badData,
            """
            The catalog is empty (0 bytes): the making of the library was ended by force, or the \
            file was damaged. Run `mekiki index` on your folders, or `mekiki doctor --repair` first \
            if there was more in it.
            """,
            subject: path.path
        )
    }
}
