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
