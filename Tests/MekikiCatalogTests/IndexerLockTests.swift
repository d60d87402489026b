import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

@Suite struct IndexerLockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func aSecondIndexerIsRefusedAndToldWhoHolds() throws {
        let lock = try IndexerLock(library: folder.url)
        let error = #expect(throws: MekikiError.self) { try IndexerLock(library: folder.url) }
        #expect(error?.code == .unavailable)
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(error?.message.contains("process \(process).") == true)
        #expect(error?.subject == folder.url.path)
        lock.release()
    }

    @Test func releasingGivesTheLockBack() throws {
        let lock = try IndexerLock(library: folder.url)
        lock.release()
        lock.release()
        let next = try IndexerLock(library: folder.url)
        #expect(throws: MekikiError.self) { try IndexerLock(library: folder.url) }
        next.release()
    }

    @Test func theLockGoesWithItsObject() throws {
        do { _ = try IndexerLock(library: folder.url) }
        try IndexerLock(library: folder.url).release()
    }

    /// A killed process leaves the file with its number, but not the lock.
    @Test func aLeftoverFileHoldsNothing() throws {
        try folder.write(Data("12345\n".utf8), to: IndexerLock.fileName)
        try IndexerLock(library: folder.url).release()
    }

    @Test func librariesDontDisturbEachOther() throws {
        let other = try TemporaryFolder()
        let lock = try IndexerLock(library: folder.url)
        try IndexerLock(library: other.url).release()
        lock.release()
    }

    @Test func aMissingFolderIsNamed() {
        let missing = folder.file("not there")
        let error = #expect(throws: MekikiError.self) { try IndexerLock(library: missing) }
        #expect(error?.code == .cannotCreate)
        #expect(error?.subject?.contains("not there") == true)
    }

    @Test func theStateTellsWhoHolds() throws {
        #expect(IndexerLock.state(of: folder.url) == nil)
        let lock = try IndexerLock(library: folder.url)
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(IndexerLock.state(of: folder.url) == .held(process))
        lock.release()
        #expect(IndexerLock.state(of: folder.url) == nil)
        try folder.write(Data("12345\n".utf8), to: IndexerLock.fileName)
        #expect(IndexerLock.state(of: folder.url) == .leftBehind(12345))
        // Looking takes nothing.
        try IndexerLock(library: folder.url).release()
    }
}
