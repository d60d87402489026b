import Foundation
import GRDB
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

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
