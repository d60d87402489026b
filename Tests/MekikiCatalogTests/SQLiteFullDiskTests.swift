import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// A file that may not grow stands in for a disk that is full; Scripts/faults/disk_full.py has real ones.
@Suite struct SQLiteFullDiskTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
    }

    @Test func whatWasCommittedStaysAndTheNextRunGoesOn() async throws {
        var options = SQLiteCatalogOptions()
        options.maximumPageCount = 60
        let full = try SQLiteCatalog(path: path, options)
        var batches = 0
        let error = await #expect(throws: MekikiError.self) {
            while batches < 1000 {
                try await full.apply(CatalogSample.additions(from: batches * 8, count: 8))
                batches += 1
            }
        }
        #expect(error?.code == .inputOutput)
        #expect(error?.message.contains("The disk is full. Free some space") == true)
        #expect(batches > 0)
        #expect(try await CatalogSample.nearest(full).total == batches * 8)
        try full.close()

        let roomy = try SQLiteCatalog(path: path)
        #expect(try await CatalogSample.nearest(roomy).total == batches * 8)
        try await roomy.apply(CatalogSample.additions(from: batches * 8, count: 8))
        try await roomy.checkIntegrity()
        #expect(try await CatalogSample.nearest(roomy).total == batches * 8 + 8)
    }

    @Test func aLibraryThatCantBeMadeIsSaidToBe() throws {
        var options = SQLiteCatalogOptions()
        options.maximumPageCount = 3
        let error = #expect(throws: MekikiError.self) { try SQLiteCatalog(path: path, options) }
        #expect(error?.code == .inputOutput)
        #expect(error?.message.contains("The disk is full.") == true)
        // What was begun is finished where there is room.
        _ = try SQLiteCatalog(path: path)
    }
}
