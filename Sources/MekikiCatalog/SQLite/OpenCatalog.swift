import Foundation
import GRDB
import MekikiCore

/// A catalog's file, opened, with what was read of it into memory.
///
/// When the file is replaced, or somebody writes where nobody was expected to, all of this goes
/// together and the file is opened anew.
final class OpenCatalog: Sendable {
    let path: URL
    let pool: DatabasePool
    /// `nil` when the catalog can be written.
    let way: ReadingWay?
    let vectors: VectorCache
    let presence = PresenceCount()
    let textVectors = TextVectorCache()
    private let stamp: CatalogStamp

    private init(
        _ path: URL,
        _ pool: DatabasePool,
        _ way: ReadingWay?,
        _ stamp: CatalogStamp,
        _ options: SQLiteCatalogOptions
    ) {
        self.path = path
        self.pool = pool
        self.way = way
        self.stamp = stamp
        vectors = VectorCache(
            VectorKeeper(beside: path, isWritable: way == nil, sealingCount: options.sealingCount)
        )
    }

    deinit {
        // The last connection that closes removes the log by its name: where another library stands
        // by now, that is the other's. So a file that was replaced stays open until the process ends.
        if !isInPlace { _ = Unmanaged.passRetained(pool) }
    }

    /// Whether the path still leads to the file that is open.
    var isInPlace: Bool { CatalogStamp(of: path).isSameFile(as: stamp) }

    /// Whether what was read is of one moment: somebody watched over it, or nobody wrote.
    var isUntouched: Bool { way?.ignoresWriters != true || CatalogStamp(of: path) == stamp }

    /// Opens a catalog to read and write, and brings its tables up to date.
    static func writing(_ path: URL, _ options: SQLiteCatalogOptions) throws -> OpenCatalog {
        let pool = try DatabasePool(path: path.path, configuration: options.configuration(nil))
        try pool.read(CatalogSchema.checkVersion)
        try CatalogSchema.migrate(pool)
        try pool.writeWithoutTransaction(ChecksummedTable.keepSums)
        // Afterwards, because a new file is there only now.
        return OpenCatalog(path, pool, nil, CatalogStamp(of: path), options)
    }

    /// Opens a catalog to read it, in the first way that works.
    static func reading(_ path: URL, _ options: SQLiteCatalogOptions) throws -> OpenCatalog {
        let ways = ReadingWay.allCases.filter { !options.barredWays.contains($0) }
        var firstRefusal: (any Error)?
        // Twice: while ways are tried, another process may come or go.
        for way in ways + ways {
            let stamp = CatalogStamp(of: path)
            guard way.isPossible(stamp) else { continue }
            do {
                let pool = try DatabasePool(
                    path: way.name(path),
                    configuration: options.configuration(way)
                )
                try pool.read(CatalogSchema.checkVersion)
                try pool.read(CatalogSchema.checkIsComplete)
                let opened = OpenCatalog(path, pool, way, stamp, options)
                if opened.isUntouched { return opened }
            } catch let error as DatabaseError where error.isOfTheFileSystem {
                firstRefusal = firstRefusal ?? error
            }
        }
        throw firstRefusal ?? DatabaseError(resultCode: .SQLITE_BUSY)
    }
}

extension DatabaseError {
    /// Whether the file system refused something, rather than the file being at fault.
    var isOfTheFileSystem: Bool {
        let codes: [ResultCode] = [
            .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_FULL,
            .SQLITE_IOERR, .SQLITE_NOLFS,
        ]
        return codes.contains(resultCode)
    }
}
