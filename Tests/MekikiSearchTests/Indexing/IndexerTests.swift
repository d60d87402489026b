import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Synchronization
import Testing

@testable import MekikiSearch

@Suite struct IndexerTests {
    private let bench: FlowBench

    init() throws { bench = try FlowBench() }

    @Test func newImagesGetRecordsVectorsAndThumbnails() async throws {
        try bench.put("a.png", "red fish")
        try bench.put("sub/b.png", "blue bird")
        let report = try await bench.index()
        #expect(report.encodedCount == 2)
        #expect(report.foundCount == 2)
        #expect(bench.thumbnails.count == 2)
        let statistics = try await bench.catalog.statistics()
        #expect(statistics.imageCount == 2)
        #expect(statistics.spaces.map(\.vectorCount) == [2])
    }

    @Test func numbersFollowThePathsWhateverThreadIsQuicker() async throws {
        for index in 0..<40 { try bench.put(String(format: "%02d.png", index), "word\(index)") }
        _ = try await bench.index(batchSize: 7)
        let files = try await bench.catalog.files(under: nil)
        #expect(files.map(\.imageID) == files.map(\.imageID).sorted())
        #expect(files.count == 40)
    }

    @Test func aSecondRunReadsNothing() async throws {
        try bench.put("a.png", "red fish")
        _ = try await bench.index()
        let report = try await bench.index()
        #expect(report.unchangedCount == 1)
        #expect(report.encodedCount == 0)
        #expect(bench.reader.readCount == 1)
        #expect(bench.encoder.encodedCount == 1)
    }

    @Test func aCopyCostsNoVector() async throws {
        try bench.put("a.png", "red fish")
        _ = try await bench.index()
        try bench.put("copy.png", "red fish")
        let report = try await bench.index()
        #expect(report.recognizedCount == 1)
        #expect(bench.encoder.encodedCount == 1)
        #expect(try await bench.catalog.statistics().imageCount == 1)
        #expect(try await bench.catalog.statistics().fileCount == 2)
    }

    @Test(arguments: [1, 2, 16])
    func copiesWithinOneRunCostOneVector(_ batchSize: Int) async throws {
        for name in ["a.png", "b.png", "c.png"] { try bench.put(name, "red fish") }
        let report = try await bench.index(batchSize: batchSize)
        #expect(report.encodedCount == 1)
        #expect(report.recognizedCount == 2)
        #expect(bench.encoder.encodedCount == 1)
    }

    @Test func aMovedFileKeepsItsImage() async throws {
        try bench.put("a.png", "red fish")
        _ = try await bench.index()
        let before = try await bench.catalog.files(under: nil)
        try bench.move("a.png", "moved/b.png")
        let report = try await bench.index()
        #expect(report.recognizedCount == 1)
        #expect(report.goneCount == 1)
        #expect(bench.encoder.encodedCount == 1)
        let present = try await bench.catalog.files(under: nil).filter { !$0.isMissing }
        #expect(present.map(\.location.path) == ["moved/b.png"])
        #expect(present.map(\.imageID) == before.map(\.imageID))
    }

    @Test(arguments: [1, 2, 16])
    func filesRenamedInARowKeepTheirImages(_ batchSize: Int) async throws {
        let names = (0..<20).map { String(format: "%02d.png", $0) }
        // All of one length and time: only their inodes tell that they were renamed.
        for (index, name) in names.enumerated() {
            try bench.put(name, "word\(index + 10)")
            try bench.setTime(name, 1_000_000)
        }
        _ = try await bench.index(batchSize: batchSize)
        let before = try await bench.catalog.files(under: nil).map(\.imageID)
        for index in (0..<20).reversed() {
            try bench.move(names[index], String(format: "%02d.png", index + 1))
        }
        let report = try await bench.index(batchSize: batchSize)
        #expect(report.encodedCount == 0)
        #expect(bench.encoder.encodedCount == 20)
        let after = try await bench.catalog.files(under: nil).filter { !$0.isMissing }
        #expect(after.map(\.imageID) == before)
        #expect(try await bench.catalog.statistics().imageCount == 20)
    }

    @Test func aFileThatMayNotBeReadIsTriedAgainInEveryRun() async throws {
        // The record that such a file leaves, written by hand: permissions don't keep root out.
        try bench.put("a.png", "red fish")
        let failure = FailureRecord(
            location: try FolderScan(bench.folder.url.path).files[0].location,
            stamp: .none,
            reason: "The file can't be read."
        )
        try await bench.catalog.apply(CatalogChanges(failures: [failure]))
        let report = try await bench.index()
        #expect(report.encodedCount == 1)
        #expect(try await bench.catalog.failures(under: nil).isEmpty)
    }

    @Test func changedContentIsANewImage() async throws {
        try bench.put("a.png", "red fish")
        _ = try await bench.index()
        try bench.put("a.png", "a much longer blue bird")
        let report = try await bench.index()
        #expect(report.encodedCount == 1)
        #expect(try await bench.catalog.statistics().imageCount == 1)
        #expect(try await bench.found("bird") == ["a.png"])
    }

    @Test func aBrokenFileIsRecordedAndTheOthersAreIndexed() async throws {
        try bench.put("a.png", "red fish")
        try bench.put("broken.png", "x", failure: "The PNG ends too early.")
        try bench.putBytes("empty.png", Data())
        let report = try await bench.index()
        #expect(report.encodedCount == 1)
        #expect(report.failures.map(\.location.path).sorted() == ["broken.png", "empty.png"])
        let stored = try await bench.catalog.failures(under: nil)
        #expect(stored.map(\.reason).contains("The PNG ends too early."))
        #expect(stored.map(\.reason).contains { $0.contains("empty") })
    }

    @Test func aBrokenFileIsTriedAgainOnlyWhenItChanges() async throws {
        try bench.put("broken.png", "x", failure: "The PNG ends too early.")
        _ = try await bench.index()
        let again = try await bench.index()
        #expect(again.stillFailingCount == 1)
        #expect(bench.reader.readCount == 1)
        try bench.put("broken.png", "now it is good")
        let mended = try await bench.index()
        #expect(mended.encodedCount == 1)
        #expect(try await bench.catalog.failures(under: nil).isEmpty)
    }

    @Test func filesThatAreTooLargeAreNotRead() async throws {
        try bench.put("a.png", "red fish")
        let report = try await bench.index(maximumFileSize: 4)
        #expect(report.failures.count == 1)
        #expect(bench.reader.readCount == 0)
    }

    @Test func aGoneFileLeavesTheResults() async throws {
        for index in 0..<6 { try bench.put("\(index).png", "fish number\(index)") }
        _ = try await bench.index()
        try bench.delete("3.png")
        let report = try await bench.index()
        #expect(report.goneCount == 1)
        #expect(try await !bench.found("fish", limit: 10).contains("3.png"))
        #expect(try await bench.catalog.statistics().missingFileCount == 1)
    }

    @Test func anEmptiedFolderChangesNothingWithoutPruning() async throws {
        for index in 0..<4 { try bench.put("\(index).png", "fish number\(index)") }
        _ = try await bench.index()
        for index in 0..<4 { try bench.delete("\(index).png") }
        let report = try await bench.index()
        #expect(report.goneCount == 0)
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.contains("--prune") == true)
        #expect(try await bench.catalog.statistics().imageCount == 4)

        let pruned = try await bench.index(prune: true)
        #expect(pruned.goneCount == 4)
        #expect(try await bench.catalog.statistics().imageCount == 0)
    }

    @Test func anAbsentFolderChangesNothing() async throws {
        try bench.put("a.png", "red fish")
        let absent = bench.folder.url.appending(path: "absent").path
        let error = await #expect(throws: MekikiError.self) {
            try await bench.index(folders: [bench.folder.url.path, absent])
        }
        #expect(error?.code == .noInput)
        #expect(try await bench.catalog.statistics().imageCount == 0)
    }

    @Test func anotherModelEncodesEverythingAgain() async throws {
        try bench.put("a.png", "red fish")
        _ = try await bench.index()
        let other = FakeEncoder(model: "other")
        let report = try await bench.index(encoder: other)
        #expect(report.completedCount == 1)
        #expect(other.encodedCount == 1)
        #expect(try await bench.catalog.statistics().spaces.map(\.vectorCount) == [1, 1])
    }

    @Test func aStoppedRunKeepsWhatItDidAndTheNextGoesOn() async throws {
        for index in 0..<20 { try bench.put(String(format: "%02d.png", index), "word\(index)") }
        let running = Mutex<Task<IndexingReport, any Error>?>(nil)
        let task = Task {
            try await bench.index(batchSize: 2) { progress in
                if progress.done >= 6 { running.withLock { $0?.cancel() } }
            }
        }
        running.withLock { $0 = task }
        let report = try await task.value
        #expect(report.wasStopped)
        let kept = try await bench.catalog.statistics().imageCount
        #expect(kept >= 6)
        #expect(kept < 20)
        let next = try await bench.index()
        #expect(!next.wasStopped)
        #expect(try await bench.catalog.statistics().imageCount == 20)
        #expect(bench.encoder.encodedCount == 20)
    }

    @Test func aFailingModelStopsTheRunAndLeavesWholeBatches() async throws {
        try bench.put("a.png", "red fish")
        let broken = FakeEncoder(error: MekikiError(.badData, "The model is damaged."))
        await #expect(throws: MekikiError.self) { try await bench.index(encoder: broken) }
        #expect(try await bench.catalog.statistics().fileCount == 0)
        #expect(try await bench.index().encodedCount == 1)
    }

    @Test func aSubfolderIsIndexedAsPartOfItsRoot() async throws {
        try bench.put("2023/a.png", "red fish")
        _ = try await bench.index()
        try bench.put("2024/b.png", "blue bird")
        let subfolder = bench.folder.url.appending(path: "2024").path
        let report = try await bench.index(folders: [subfolder])
        #expect(report.encodedCount == 1)
        #expect(report.goneCount == 0)
        #expect(try await bench.catalog.statistics().roots.count == 1)
        #expect(try await bench.catalog.statistics().fileCount == 2)
    }

    @Test func aFolderAroundARootTakesItsFilesOver() async throws {
        try bench.put("2023/a.png", "red fish")
        try bench.put("b.png", "blue bird")
        _ = try await bench.index(folders: [bench.folder.url.appending(path: "2023").path])
        _ = try await bench.index()
        let files = try await bench.catalog.files(under: nil)
        #expect(files.map(\.location.path) == ["2023/a.png", "b.png"])
        #expect(bench.encoder.encodedCount == 2)
    }

    @Test func aFileThatWasDeletedUnderAnInnerRootIsGone() async throws {
        for index in 0..<6 { try bench.put("inner/\(index).png", "word\(index)") }
        let inner = bench.folder.url.appending(path: "inner").path
        try await bench.index(folders: [inner])
        try bench.delete("inner/3.png")
        let report = try await bench.index()
        #expect(report.goneCount == 1)
        #expect(report.unchangedCount == 5)
        #expect(try await bench.catalog.statistics().roots.count == 1)
        #expect(bench.reader.readCount == 6)
    }

    @Test func aFolderAndItsSubfolderInOneRunAreListedOnce() async throws {
        try bench.put("inner/a.png", "red fish")
        try bench.put("b.png", "blue bird")
        let inner = bench.folder.url.appending(path: "inner").path
        try await bench.index(folders: [bench.folder.url.path, inner])
        #expect(try await bench.catalog.statistics().fileCount == 2)
    }

    @Test func progressCountsEveryFile() async throws {
        for index in 0..<5 { try bench.put("\(index).png", "word\(index)") }
        let seen = ProgressLog()
        _ = try await bench.index(batchSize: 2) { seen.add($0) }
        let done = seen.states.filter { $0.phase == .indexing }.map(\.done)
        #expect(done == [0, 2, 4, 5])
        #expect(seen.states.last?.total == 5)
    }
}
