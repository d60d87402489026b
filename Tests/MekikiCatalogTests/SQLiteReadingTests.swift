import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Catalogs that can't be written, read in each of the ways there are.
///
/// Whether the file system bars the
/// others, Scripts/faults/read_only.py tries as another user.
@Suite struct SQLiteReadingTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() throws {
        folder = try TemporaryFolder()
        // What an address would need to escape.
        path = try folder.write(Data(), to: "a %?#& folder 猫/\(SQLiteCatalog.fileName)")
    }

    private func reader(_ way: ReadingWay, at path: URL? = nil) throws -> SQLiteCatalog {
        var options = SQLiteCatalogOptions(access: .reading)
        options.barredWays = Set(ReadingWay.allCases).subtracting([way])
        return try SQLiteCatalog(path: path ?? self.path, options)
    }

    private func count(_ catalog: SQLiteCatalog) async throws -> Int {
        try await CatalogSample.nearest(catalog).total
    }

    @Test func aFileWithoutLogIsReadAlone() async throws {
        let writer = try SQLiteCatalog(path: path)
        try await writer.apply(CatalogSample.additions(from: 0, count: 3))
        try writer.close()
        let before = try Data(contentsOf: path)
        let reader = try reader(.fileAlone)
        #expect(try await count(reader) == 3)
        #expect(!reader.isWritable)
        let names = try FileManager.default.contentsOfDirectory(
            atPath: path.deletingLastPathComponent().path
        )
        #expect(names == [SQLiteCatalog.fileName])
        #expect(try Data(contentsOf: path) == before)
    }

    /// As a power cut leaves a library: what was committed is in the log, and its index is gone.
    @Test func aLogWithoutItsIndexIsRead() async throws {
        let writer = try SQLiteCatalog(path: path)
        try await writer.apply(CatalogSample.additions(from: 0, count: 5))
        let copy = try folder.write(Data(contentsOf: path), to: "copy/catalog.sqlite")
        let log = try Data(contentsOf: URL(filePath: path.path + "-wal"))
        try folder.write(log, to: "copy/catalog.sqlite-wal")
        let reader = try reader(.fileAndLog, at: copy)
        #expect(try await count(reader) == 5)
        #expect(try await reader.files(under: nil).count == 5)
        #expect(try Data(contentsOf: folder.file("copy/catalog.sqlite-wal")) == log)
    }

    /// Reading the file alone would miss what is in the log.
    @Test func aFileWithLogIsNotReadAlone() async throws {
        let writer = try SQLiteCatalog(path: path)
        try await writer.apply(CatalogSample.additions(from: 0, count: 5))
        #expect(throws: MekikiError.self) { try reader(.fileAlone) }
        withExtendedLifetime(writer) {}
    }

    /// The reader can't see writers, and must notice them all the same.
    @Test func aReaderOfTheFileAloneNoticesWhatWasWritten() async throws {
        func write(_ start: Int) async throws {
            let writer = try SQLiteCatalog(path: path)
            try await writer.apply(CatalogSample.additions(from: start, count: 3))
            try writer.close()
        }
        try await write(0)
        let reader = try reader(.fileAlone)
        #expect(try await count(reader) == 3)
        try await write(3)
        #expect(try await count(reader) == 6)
        #expect(try await reader.newest(limit: 10, offset: 0).total == 6)
    }

    @Test func aLibraryThatIsGoneIsSaidToBe() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 3))
        try FileManager.default.removeItem(at: path.deletingLastPathComponent())
        let error = await #expect(throws: MekikiError.self) { try await catalog.statistics() }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("The library is gone") == true)
    }

    /// A server that was started before finds what stands there by now, and leaves it whole.
    @Test func aLibraryThatWasReplacedIsReadAnew() async throws {
        try SQLiteCatalog(path: path).close()
        let catalog = try SQLiteCatalog.readingAtLeast(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 3))
        #expect(try await count(catalog) == 3)
        let place = path.deletingLastPathComponent()
        try FileManager.default.moveItem(at: place, to: folder.file("away"))
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let writer = try SQLiteCatalog(path: path)
        // As many changes, so that only the file tells the two apart.
        try await writer.apply(CatalogSample.additions(from: 100, count: 4))
        #expect(try await count(catalog) == 4)
        let log = URL(filePath: path.path + "-wal")
        #expect(FileManager.default.fileExists(atPath: log.path))
    }
}
