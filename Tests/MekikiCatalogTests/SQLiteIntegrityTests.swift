import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

@Suite struct SQLiteIntegrityTests {
    private let folder: TemporaryFolder
    private var path: URL { folder.url.appending(path: SQLiteCatalog.fileName) }

    init() throws { folder = try TemporaryFolder() }

    @Test func aSoundCatalogPasses() async throws {
        try await SQLiteCatalog(path: path).checkIntegrity()
    }

    @Test(arguments: [
        "DELETE FROM text_fts_docsize WHERE id = 1",
        "UPDATE text_fts_content SET c1 = 'another' WHERE id = 1",
        "UPDATE text_fts_data SET block = zeroblob(9) WHERE id > 10",
    ])
    func aDamagedFullTextIndexIsFoundAndMade(_ damage: String) async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 8))
        try await catalog.checkIntegrity()
        try catalog.close()
        let database = try DatabaseQueue(path: path.path)
        try await database.write { try $0.execute(sql: damage) }
        try database.close()
        let error = await #expect(throws: MekikiError.self) {
            try await SQLiteCatalog(path: path).checkIntegrity()
        }
        #expect(error?.code == .badData)
        _ = try CatalogRepair.run(path) { _, _ in nil }
        try await SQLiteCatalog(path: path).checkIntegrity()
    }

    /// What a machine with another dictionary, or none, has written can be taken out by any.
    @Test func wordsOfAnotherDictionaryGoWithTheirRow() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 2))
        try await catalog.write { db in
            try db.execute(
                sql: "UPDATE text_fts SET caption = '京都の寺' || char(2) || '京 都の 寺' WHERE rowid = 1"
            )
        }
        let change = TextChange(
            imageID: ImageID(rawValue: 1),
            origin: .user,
            texts: [.init(key: "caption", text: "another")]
        )
        try await catalog.apply(CatalogChanges(texts: [change]))
        try await catalog.checkIntegrity()
        let words = TextQuery(alternatives: [[.init("京都")]])
        #expect(try await catalog.matches(of: words, TextRequest(limit: 9)).total == 0)
    }

    @Test func aWordComesBeforeAPartOfAnother() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 6))
        for (id, text) in [(1, "東京都"), (2, "京都の寺と庭と池"), (3, "東京都の夜"), (4, "秋の京都を歩く")] {
            let change = TextChange(
                imageID: ImageID(rawValue: Int64(id)),
                origin: .user,
                texts: [.init(key: "caption", text: text)]
            )
            try await catalog.apply(CatalogChanges(texts: [change]))
        }
        let words = TextQuery(alternatives: [[.init("京都")]])
        let found = try await catalog.matches(of: words, TextRequest(limit: 9)).matches
        #expect(Set(found.prefix(2).map(\.id.rawValue)) == [2, 4])
        #expect(found.count == 4)
    }

    @Test func rowsWithoutTheirPartnersAreFound() async throws {
        _ = try SQLiteCatalog(path: path)
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: path.path, configuration: configuration)
        try await database.write { database in
            try database.execute(
                sql: "INSERT INTO vector (image_id, space_id, components) VALUES (7, 7, x'0000')"
            )
        }
        try database.close()
        let error = await #expect(throws: MekikiError.self) {
            try await SQLiteCatalog(path: path).checkIntegrity()
        }
        #expect(error?.code == .badData)
        #expect(error?.subject == path.path)
    }
}
