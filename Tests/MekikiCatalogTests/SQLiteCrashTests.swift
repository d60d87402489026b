import Foundation
import GRDB
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

/// What a process leaves that ends without closing: the database file and its write-ahead log.
@Suite struct SQLiteCrashTests {
    private static let batch = 8
    private let folder: TemporaryFolder
    private let catalog: SQLiteCatalog

    init() async throws {
        folder = try TemporaryFolder()
        catalog = try SQLiteCatalog(path: folder.file(SQLiteCatalog.fileName))
        for round in 0..<5 {
            let changes = CatalogSample.additions(from: round * Self.batch, count: Self.batch)
            try await catalog.apply(changes)
        }
    }

    /// Copies the files of the open catalog, the log without its last bytes.
    private func crashedCopy(lostBytes: Int, to name: String) throws -> URL {
        let source = catalog.path.path
        let copy = try folder.write(
            Data(contentsOf: catalog.path),
            to: "\(name)/\(SQLiteCatalog.fileName)"
        )
        let log = try Data(contentsOf: URL(fileURLWithPath: source + "-wal"))
        let kept = log.dropLast(min(lostBytes, log.count))
        try folder.write(Data(kept), to: "\(name)/\(SQLiteCatalog.fileName)-wal")
        return copy
    }

    @Test func everythingCommittedIsThere() async throws {
        let copy = try SQLiteCatalog(path: crashedCopy(lostBytes: 0, to: "whole"))
        #expect(try await copy.files(under: nil) == catalog.files(under: nil))
        #expect(try await CatalogSample.nearest(copy) == CatalogSample.nearest(catalog))
    }

    /// Wherever the log breaks off, whole batches are there and nothing else.
    @Test(arguments: [1, 100, 5_000, 20_000, 60_000, 150_000, 300_000])
    func aTornLogLosesWholeBatchesOnly(_ lostBytes: Int) async throws {
        let path = try crashedCopy(lostBytes: lostBytes, to: "torn \(lostBytes)")
        let copy = try SQLiteCatalog(path: path)
        let files = try await copy.files(under: nil)
        #expect(files.count.isMultiple(of: Self.batch))
        #expect(files.count < 5 * Self.batch)
        let images = try await copy.images(files.map(\.imageID))
        #expect(images.count == files.count)
        #expect(images.allSatisfy { $0.content.metadata.textChunks.count == 1 })
        #expect(try await CatalogSample.nearest(copy).total == files.count)
        let database = try DatabaseQueue(path: path.path)
        let verdict = try await database.read { db in
            try String.fetchOne(db, sql: "PRAGMA integrity_check")
        }
        #expect(verdict == "ok")
        // And work goes on from there.
        try await copy.apply(CatalogSample.additions(from: 1000, count: 1))
        #expect(try await CatalogSample.nearest(copy).total == files.count + 1)
    }
}
