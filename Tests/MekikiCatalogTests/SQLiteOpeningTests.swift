import Foundation
import GRDB
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

/// What can be opened, and what is said about the rest.
@Suite struct SQLiteOpeningTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
    }

    private func expectRefusal(
        _ code: MekikiError.Code,
        readOnly: Bool = false,
        at path: URL? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> MekikiError {
        let error = #expect(throws: MekikiError.self, sourceLocation: sourceLocation) {
            try SQLiteCatalog(path: path ?? self.path, readOnly: readOnly)
        }
        #expect(error?.code == code, sourceLocation: sourceLocation)
        return try #require(error, sourceLocation: sourceLocation)
    }

    @Test func anEmptyFileBecomesALibrary() async throws {
        try folder.write(Data(), to: SQLiteCatalog.fileName)
        let catalog = try SQLiteCatalog(path: path)
        #expect(try await catalog.statistics().fileCount == 0)
    }

    @Test func theFileSaysWhoseItIs() throws {
        _ = try SQLiteCatalog(path: path)
        let header = try Data(contentsOf: path).prefix(100)
        #expect(header.prefix(15) == Data("SQLite format 3".utf8))
        #expect(header[68..<72] == Data("Mkki".utf8))
    }

    @Test func aMissingFolderIsNamed() throws {
        let path = folder.file("not there/catalog.sqlite")
        let error = try expectRefusal(.cannotCreate, at: path)
        #expect(error.description.contains("not there: The library's folder does not exist."))
    }

    @Test func aFileInPlaceOfTheFolderIsRefused() throws {
        try folder.write(Data(), to: "file")
        _ = try expectRefusal(.cannotCreate, at: folder.file("file/catalog.sqlite"))
    }

    /// What is left when the making of a library is killed at its first step.
    @Test func aLibraryThatWasJustBegunIsFinished() async throws {
        let begun = try DatabaseQueue(path: path.path)
        try await begun.write { db in
            try db.execute(
                sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)"
            )
        }
        try begun.close()
        let catalog = try SQLiteCatalog(path: path)
        #expect(try await catalog.statistics().fileCount == 0)
    }

    @Test func whatIsNoDatabaseIsRefusedAndLeftAlone() throws {
        let text = Data(String(repeating: "holiday photos ", count: 1000).utf8)
        try folder.write(text, to: SQLiteCatalog.fileName)
        let error = try expectRefusal(.badData)
        #expect(error.message.contains("not a library"))
        #expect(error.subject == path.path)
        #expect(try Data(contentsOf: path) == text)
    }

    @Test func anotherProgramsDatabaseIsRefusedAndLeftAlone() throws {
        let other = try DatabaseQueue(path: path.path)
        try other.write { try $0.execute(sql: "CREATE TABLE bookmark (url TEXT)") }
        try other.close()
        let before = try Data(contentsOf: path)
        let error = try expectRefusal(.configuration)
        #expect(error.message.contains("another program"))
        #expect(try Data(contentsOf: path) == before)
    }

    @Test func anotherProgramsEmptyDatabaseIsRefused() throws {
        let other = try DatabaseQueue(path: path.path)
        try other.write { try $0.execute(sql: "PRAGMA application_id = 12345") }
        try other.close()
        _ = try expectRefusal(.configuration)
    }

    @Test(arguments: [false, true])
    func aNewerLibraryIsRefused(_ readOnly: Bool) throws {
        _ = try SQLiteCatalog(path: path)
        let newer = try DatabaseQueue(path: path.path)
        try newer.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 something new')")
        }
        try newer.close()
        let error = try expectRefusal(.configuration, readOnly: readOnly)
        #expect(error.message.contains("A newer version of Mekiki wrote this library."))
    }

    @Test func thereMustBeSomethingToRead() throws {
        let error = try expectRefusal(.noInput, readOnly: true)
        #expect(error.message.contains("There is no library here."))
        #expect(!FileManager.default.fileExists(atPath: path.path))
    }

    @Test func anEmptyLibraryCantBeReadYet() throws {
        try folder.write(Data(), to: SQLiteCatalog.fileName)
        _ = try expectRefusal(.configuration, readOnly: true)
    }

    @Test func aReaderReadsAndDoesNotWrite() async throws {
        // Closed first: then a reader finds neither -wal nor -shm.
        do {
            let writer = try SQLiteCatalog(path: path)
            try await writer.apply(CatalogSample.additions(from: 0, count: 3))
        }
        let reader = try SQLiteCatalog(path: path, readOnly: true)
        #expect(try await CatalogSample.nearest(reader).total == 3)
        let error = await #expect(throws: MekikiError.self) {
            try await reader.apply(CatalogSample.additions(from: 3, count: 1))
        }
        #expect(error?.code == .usage)
    }

    @Test func openingAgainFindsEverything() async throws {
        do {
            let catalog = try SQLiteCatalog(path: path)
            try await catalog.apply(CatalogSample.additions(from: 0, count: 10))
        }
        let catalog = try SQLiteCatalog(path: path)
        #expect(try await CatalogSample.nearest(catalog).total == 10)
        #expect(try await catalog.newest(limit: 20, offset: 0).images.count == 10)
        try await catalog.apply(CatalogSample.additions(from: 10, count: 1))
        #expect(try await CatalogSample.nearest(catalog).total == 11)
    }

    @Test func foreignKeysHold() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 3))
        let database = try DatabaseQueue(path: path.path)
        let violations = try database.read { db in
            try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
        }
        #expect(violations.isEmpty)
    }
}
