import Foundation
import GRDB
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

/// Several users of one file.
///
/// Two catalogs share nothing but the file, as two processes do.
@Suite struct SQLiteSharingTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
    }

    @Test func aSearchSeesWhatAnotherProcessChanged() async throws {
        let writer = try SQLiteCatalog(path: path)
        let reader = try SQLiteCatalog(path: path, readOnly: true)
        #expect(try await CatalogSample.nearest(reader).total == 0)

        try await writer.apply(CatalogSample.additions(from: 0, count: 5))
        #expect(try await CatalogSample.nearest(reader).total == 5)

        let location = FileLocation(root: "/photos", path: "1.png")
        try await writer.apply(CatalogChanges(missing: [location]))
        #expect(try await CatalogSample.nearest(reader).total == 4)

        let gone = FileLocation(root: "/photos", path: "2.png")
        try await writer.apply(CatalogChanges(removals: [gone]))
        #expect(try await CatalogSample.nearest(reader).total == 3)

        // Another content at a known path: the old image goes, a new one comes.
        let changed = CatalogSample.addition("3.png", "other", [1, 0, 0, 0, 0, 0, 0, 0])
        try await writer.apply(CatalogChanges(additions: [changed]))
        let found = try await CatalogSample.nearest(reader)
        #expect(found == (try await CatalogSample.nearest(writer)))
        #expect(found.total == 3)
        #expect(found.neighbors.first?.cosine == 1)
    }

    @Test func twoWritersTakeTurns() async throws {
        let first = try SQLiteCatalog(path: path)
        let second = try SQLiteCatalog(path: path)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, catalog) in [first, second].enumerated() {
                group.addTask {
                    for round in 0..<20 {
                        let start = (2 * round + index) * 10
                        try await catalog.apply(CatalogSample.additions(from: start, count: 10))
                        _ = try await CatalogSample.nearest(catalog)
                    }
                }
            }
            try await group.waitForAll()
        }
        let found = try await CatalogSample.nearest(first)
        #expect(found.total == 400)
        #expect(found == (try await CatalogSample.nearest(second)))
    }

    @Test(arguments: 1...20)
    func aNewLibraryCanBeOpenedByManyAtOnce(_ round: Int) async throws {
        let path = folder.file("new.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    let catalog = try SQLiteCatalog(path: path)
                    #expect(try await catalog.statistics().fileCount == 0)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func aLibraryHeldForTooLongIsUnavailable() async throws {
        let catalog = try SQLiteCatalog(path: path, SQLiteCatalogOptions(busyTimeout: 0.05))
        var unfinished = Configuration()
        unfinished.allowsUnsafeTransactions = true
        let holder = try DatabaseQueue(path: path.path, configuration: unfinished)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        let error = await #expect(throws: MekikiError.self) {
            try await catalog.apply(CatalogSample.additions(from: 0, count: 1))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.subject == path.path)
        // Reading goes on meanwhile.
        #expect(try await catalog.statistics().fileCount == 0)
        try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try await catalog.apply(CatalogSample.additions(from: 0, count: 1))
        #expect(try await catalog.statistics().fileCount == 1)
    }

    @Test func aDamagedVectorIsSaidToBe() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 2))
        let other = try DatabaseQueue(path: path.path)
        try await other.write { try $0.execute(sql: "UPDATE vector SET components = x'00'") }
        let error = await #expect(throws: MekikiError.self) {
            try await CatalogSample.nearest(catalog)
        }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("damaged") == true)
    }
}
