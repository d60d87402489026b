import Foundation
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiClients

@Suite struct IncompleteBlobTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func append(_ text: String, to blob: IncompleteBlob) throws {
        try Array(text.utf8).withUnsafeBytes { try blob.append($0) }
    }

    @Test func whatIsThereIsContinued() throws {
        let file = folder.file("x.incomplete")
        try append("one ", to: IncompleteBlob(file))
        let blob = try IncompleteBlob(file)
        #expect(blob.count == 4)
        try append("two", to: blob)
        try blob.complete(as: folder.file("x"))
        #expect(try Data(contentsOf: folder.file("x")) == Data("one two".utf8))
        #expect(FileLength.of(file) == nil)
    }

    @Test func aFullDiskIsASentenceAndWhatWasWrittenStays() throws {
        let error = #expect(throws: MekikiError.self) {
            try append("more", to: IncompleteBlob(URL(filePath: "/dev/full")))
        }
        #expect(error?.code == .inputOutput)
        #expect(error?.message.hasPrefix("The disk is full.") == true)
    }

    @Test func aLinkIsNotFollowed() throws {
        let target = try folder.write(Data("mine".utf8), to: "target")
        let link = folder.file("x.incomplete")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
        #expect(throws: MekikiError.self) { try IncompleteBlob(link) }
        #expect(try Data(contentsOf: target) == Data("mine".utf8))
    }

    @Test func hashesAreGitsAndSHA256() throws {
        let file = try folder.write(Data("hello\n".utf8), to: "hello")
        // `git hash-object` and `sha256sum` of the same six bytes.
        let git = "ce013625030ba8dba906f756967f9e9ca394464a"
        let sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
        #expect(try IncompleteBlob.matches(file, .gitBlob(git)))
        #expect(try IncompleteBlob.matches(file, .sha256(sha256)))
        #expect(try !IncompleteBlob.matches(file, .sha256(String(sha256.reversed()))))
        #expect(ContentCheck(git) == .gitBlob(git))
        #expect(ContentCheck(sha256.uppercased()) == nil)
    }

    @Test func aLockIsForOne() async throws {
        let file = folder.file("x.lock")
        let lock = try await BlobLock.take(file) {}
        let second = Task {
            _ = try await BlobLock.take(file) {}
            return ContinuousClock.now
        }
        try await Task.sleep(for: .milliseconds(150))
        let released = ContinuousClock.now
        lock.release()
        #expect(try await second.value >= released)
    }
}
