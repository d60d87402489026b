import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Files of vectors beside a catalog: whatever becomes of them, a search finds what the catalog holds.
@Suite struct KeptVectorsTests {
    private let folder: TemporaryFolder
    private let path: URL
    private let vectors: URL
    private let space = CatalogSample.space

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
        vectors = folder.url.appending(path: "vectors")
    }

    private func open(_ access: SQLiteCatalogOptions.Access = .writing) throws -> SQLiteCatalog {
        var options = SQLiteCatalogOptions(access: access)
        options.sealingCount = 40
        return try SQLiteCatalog(path: path, options)
    }

    /// All neighbours of a query, from a catalog that has just been opened.
    private func found(_ access: SQLiteCatalogOptions.Access = .writing) async throws
        -> NearestResult
    {
        try await CatalogSample.nearest(open(access))
    }

    /// The same from the catalog's rows alone.
    private func truth() async throws -> NearestResult {
        var options = SQLiteCatalogOptions(access: .reading)
        options.sealingCount = .max
        let plain = folder.url.appending(path: "plain")
        try? FileManager.default.removeItem(at: plain)
        try FileManager.default.createDirectory(at: plain, withIntermediateDirectories: true)
        let copy = plain.appending(path: SQLiteCatalog.fileName)
        let source = try DatabaseQueue(path: path.path)
        try source.backup(to: DatabaseQueue(path: copy.path))
        return try await CatalogSample.nearest(SQLiteCatalog(path: copy, options))
    }

    private func files(_ ending: String) -> [URL] {
        let all = try? FileManager.default.contentsOfDirectory(
            at: vectors,
            includingPropertiesForKeys: nil
        )
        return (all ?? []).filter { $0.pathExtension == ending }.sorted { $0.path < $1.path }
    }

    private func token() throws -> String? {
        try DatabaseQueue(path: path.path).read { db in
            try String.fetchOne(
                db,
                sql: "SELECT value FROM setting WHERE key GLOB 'vectors.kept.*'"
            )
        }
    }

    @Test func aShortTailIsInNoFile() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 39))
        #expect(try await found().total == 39)
        #expect(!FileManager.default.fileExists(atPath: vectors.path))
    }

    @Test func vectorsAreKeptAndOpened() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 230))
        let first = try await found()
        #expect(first == (try await truth()))
        #expect(files("vectors").count == 5)
        #expect(files("list").count == 1)
        let kept = try token()
        // Opening alone changes nothing, whoever opens.
        #expect(try await found() == first)
        #expect(try await found(.reading) == first)
        #expect(try token() == kept)
        #expect(files("vectors").count == 5)
    }

    /// The kept rows come from the files: another vector in the catalog, without a change that is
    /// noted, is not seen.
    @Test func rowsComeFromTheFiles() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 80))
        let first = try await found()
        try await DatabaseQueue(path: path.path).write { db in
            try db.execute(sql: "UPDATE vector SET components = zeroblob(length(components))")
        }
        #expect(try await found() == first)
    }

    @Test func changesSinceAreSeen() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 100))
        _ = try await found()
        let catalog = try open()
        try await catalog.apply(CatalogSample.additions(from: 100, count: 7))
        let gone = FileLocation(root: "/photos", path: "2.png")
        let missing = FileLocation(root: "/photos", path: "3.png")
        try await catalog.apply(CatalogChanges(missing: [missing], removals: [gone]))
        let changed = CatalogSample.addition("4.png", "other", [1, 0, 0, 0, 0, 0, 0, 0])
        try await catalog.apply(CatalogChanges(additions: [changed]))
        let result = try await found()
        #expect(result == (try await truth()))
        #expect(result.total == 105)
        #expect(result.neighbors.first?.cosine == 1)
    }

    @Test(arguments: 0..<6)
    func damageOfAnyKindIsMended(_ kind: Int) async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 230))
        let first = try await found()
        let (kept, list) = (files("vectors"), try #require(files("list").first))
        switch kind {
        case 0: try FileManager.default.removeItem(at: kept[1])
        case 1: try Data(contentsOf: kept[2]).dropLast(5).write(to: kept[2])
        case 2:
            let (a, b) = (try Data(contentsOf: kept[0]), try Data(contentsOf: kept[1]))
            try a.write(to: kept[1])
            try b.write(to: kept[0])
        case 3:
            for file in kept {
                var data = try Data(contentsOf: file)
                data[data.count - 30] ^= 4
                data[data.count / 2] ^= 1
                try data.write(to: file)
            }
        case 4: try FileManager.default.removeItem(at: list)
        default: try (Data(contentsOf: list) + [32]).write(to: list)
        }
        #expect(try await found(.reading) == first)
        #expect(try await found() == first)
        #expect(try await found() == first, "after it was kept anew")
    }

    /// An older catalog in the place of a newer one has its own list, or none, and never the newer one's.
    @Test func anOlderCatalogIsNotMixedUp() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 100))
        _ = try await found()
        let saved = folder.url.appending(path: "saved.sqlite")
        try DatabaseQueue(path: path.path).backup(to: DatabaseQueue(path: saved.path))
        try await open().apply(CatalogSample.additions(from: 100, count: 200))
        #expect(try await found().total == 300)
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: path.path + ending)
        }
        try FileManager.default.moveItem(at: saved, to: path)
        #expect(try await found() == (try await truth()))
        let other = CatalogSample.addition("x.png", "x", [0, 1, 0, 0, 0, 0, 0, 0])
        try await open().apply(CatalogChanges(additions: [other]))
        let result = try await found()
        #expect(result.total == 101)
        #expect(result == (try await truth()))
    }

    @Test func aForgottenSpaceTakesItsListAlong() async throws {
        let catalog = try open()
        try await catalog.apply(CatalogSample.additions(from: 0, count: 100))
        _ = try await CatalogSample.nearest(catalog)
        #expect(try token() != nil)
        _ = try await catalog.forget(space, evenCurrent: true)
        #expect(try token() == nil)
        #expect(try await CatalogSample.nearest(catalog).total == 0)
    }

    @Test func mostlyEmptyFilesAreDissolved() async throws {
        let catalog = try open()
        try await catalog.apply(CatalogSample.additions(from: 0, count: 120))
        _ = try await CatalogSample.nearest(catalog)
        let gone = (0..<70).map { FileLocation(root: "/photos", path: "\($0).png") }
        try await catalog.apply(CatalogChanges(removals: gone))
        let result = try await CatalogSample.nearest(catalog)
        #expect(result.total == 50)
        #expect(result == (try await truth()))
        #expect(try await found() == result)
    }

    /// Two processes that both write and search, each sealing in its own way.
    @Test func twoKeepersAgree() async throws {
        let catalogs = [try open(), try open()]
        for round in 0..<12 {
            let catalog = catalogs[round % 2]
            try await catalog.apply(CatalogSample.additions(from: round * 23, count: 23))
            let result = try await CatalogSample.nearest(catalog)
            #expect(result.total == (round + 1) * 23)
            if round % 3 == 0 {
                #expect(
                    try await CatalogSample.nearest(catalogs[1 - round % 2]).total == result.total
                )
            }
        }
        let result = try await found()
        #expect(result == (try await truth()))
        for catalog in catalogs {
            #expect(try await CatalogSample.nearest(catalog) == result)
        }
    }

    /// Where nothing can be kept, everything is found all the same.
    @Test func aFolderThatCannotBeMadeIsNoTrouble() async throws {
        try await open().apply(CatalogSample.additions(from: 0, count: 100))
        try Data().write(to: vectors)
        #expect(try await found() == (try await truth()))
        #expect(try token() == nil)
    }
}
