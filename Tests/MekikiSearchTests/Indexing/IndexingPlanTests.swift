import MekikiCore
import MekikiSearch
import Testing

@Suite struct IndexingPlanTests {
    private let old = FileStamp(byteCount: 100, modifiedAt: 1)
    private let new = FileStamp(byteCount: 100, modifiedAt: 2)

    private func place(_ path: String) -> FileLocation { FileLocation(root: "/r", path: path) }

    private func found(_ path: String, _ stamp: FileStamp) -> ScannedFile {
        ScannedFile(location: place(path), stamp: stamp)
    }

    private func known(
        _ path: String,
        _ stamp: FileStamp,
        id: Int64 = 1,
        missing: Bool = false
    ) -> FileRecord {
        FileRecord(
            location: place(path),
            stamp: stamp,
            imageID: ImageID(rawValue: id),
            isMissing: missing
        )
    }

    private func numbered(_ range: Range<Int>, _ byteCount: Int64 = 0) -> [String] {
        range.map { "image\($0).png" }
    }

    @Test func newFilesAreReadInTheOrderOfTheirPaths() {
        let plan = IndexingPlan(
            found: [found("b.png", old), found("a.png", old)],
            known: [],
            failures: []
        )
        #expect(plan.toRead.map(\.location.path) == ["a.png", "b.png"])
        #expect(plan.gone.isEmpty)
        #expect(plan.hesitation == nil)
    }

    @Test func unchangedFilesAreNotRead() {
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old)],
            failures: []
        )
        #expect(plan.toRead.isEmpty)
        #expect(plan.unchangedCount == 1)
    }

    @Test(arguments: [
        FileStamp(byteCount: 101, modifiedAt: 1), FileStamp(byteCount: 100, modifiedAt: 0),
    ])
    func anotherLengthOrTimeIsReadAgain(_ stamp: FileStamp) {
        let plan = IndexingPlan(
            found: [found("a.png", stamp)],
            known: [known("a.png", old)],
            failures: []
        )
        #expect(plan.toRead.map(\.location.path) == ["a.png"])
        #expect(plan.gone.isEmpty)
    }

    @Test func aFailedFileWaitsUntilItChanges() {
        let failure = FailureRecord(location: place("a.png"), stamp: old, reason: "broken")
        let same = IndexingPlan(found: [found("a.png", old)], known: [], failures: [failure])
        #expect(same.toRead.isEmpty)
        #expect(same.stillFailingCount == 1)

        let changed = IndexingPlan(found: [found("a.png", new)], known: [], failures: [failure])
        #expect(changed.toRead.count == 1)
        #expect(changed.stillFailingCount == 0)
    }

    @Test func aFileThatBrokeAndWasRestoredIsReadAgain() {
        // The catalog keeps the image of the earlier, good content; the failure carries the stamp of
        // the broken one. Restored from a backup, the file has its first stamp again.
        let failure = FailureRecord(location: place("a.png"), stamp: new, reason: "broken")
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old, missing: true)],
            failures: [failure]
        )
        #expect(plan.toRead.count == 1)
    }

    @Test func aMissingFileThatIsBackUnchangedIsNotRead() {
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old, missing: true)],
            failures: []
        )
        #expect(plan.toRead.isEmpty)
        #expect(plan.returned == [known("a.png", old)])
    }

    @Test func aFewGoneFilesAreMarked() {
        let files = numbered(0..<10)
        let plan = IndexingPlan(
            found: files.dropLast(2).map { found($0, old) },
            known: files.map { known($0, old) },
            failures: []
        )
        #expect(plan.gone.map(\.path) == ["image8.png", "image9.png"])
        #expect(plan.hesitation == nil)
    }

    @Test func moreThanAFifthGoneChangesNothing() {
        let files = numbered(0..<10)
        let plan = IndexingPlan(
            found: files.dropLast(3).map { found($0, old) },
            known: files.map { known($0, old) },
            failures: []
        )
        #expect(plan.gone.isEmpty)
        #expect(plan.hesitation == .tooManyGone(gone: 3, known: 10))
    }

    @Test func anEmptyFolderChangesNothing() {
        let plan = IndexingPlan(
            found: [],
            known: numbered(0..<4).map { known($0, old) },
            failures: []
        )
        #expect(plan.gone.isEmpty)
        #expect(plan.hesitation == .folderIsEmpty(known: 4))
    }

    @Test func pruningForgetsHoweverMany() {
        let plan = IndexingPlan(
            found: [],
            known: [known("a.png", old), known("b.png", old, missing: true)],
            failures: [],
            pruning: true
        )
        #expect(plan.gone.map(\.path) == ["a.png", "b.png"])
        #expect(plan.hesitation == nil)
    }

    @Test func missingFilesAreNotMarkedTwice() {
        let plan = IndexingPlan(
            found: numbered(0..<9).map { found($0, old) },
            known: numbered(0..<9).map { known($0, old) } + [known("x.png", old, missing: true)],
            failures: []
        )
        #expect(plan.gone.isEmpty)
        #expect(plan.hesitation == nil)
    }

    @Test func movedFilesDoNotCountAsLost() {
        let stamps = (0..<4).map { FileStamp(byteCount: Int64(100 + $0), modifiedAt: 5) }
        let plan = IndexingPlan(
            found: stamps.enumerated().map { found("new/\($0.offset).png", $0.element) },
            known: stamps.enumerated().map { known("old/\($0.offset).png", $0.element) },
            failures: []
        )
        #expect(plan.hesitation == nil)
        #expect(plan.toRead.count == 4)
        #expect(plan.gone.count == 4)
    }

    @Test func filesBelowAnUnreadableFolderAreNotGone() {
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old), known("locked/b.png", old)],
            failures: [],
            unreadable: [place("locked")]
        )
        #expect(plan.gone.isEmpty)
        #expect(plan.hesitation == nil)
    }

    @Test func aFailureIsForgottenWithItsFile() {
        let failure = FailureRecord(location: place("bad.png"), stamp: old, reason: "broken")
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old)],
            failures: [failure]
        )
        #expect(plan.gone.map(\.path) == ["bad.png"])
    }

    // MARK: Inodes

    private func stamp(inode: UInt64?) -> FileStamp {
        FileStamp(byteCount: 100, modifiedAt: 1, inode: inode)
    }

    /// Files whose inodes were `inode`, and are what `change` makes of them.
    private func plan(
        of count: Int,
        _ change: (Int) -> UInt64
    ) -> IndexingPlan {
        IndexingPlan(
            found: (0..<count).map { found("\($0).png", stamp(inode: change($0))) },
            known: (0..<count).map { known("\($0).png", stamp(inode: UInt64($0))) },
            failures: []
        )
    }

    @Test func aFileOfTheSameLengthAndTimeRenamedOverAnotherIsRead() {
        let plan = plan(of: 1) { _ in 77 }
        #expect(plan.toRead.count == 1)
        #expect(plan.unchangedCount == 0)
    }

    @Test func aFailedFileThatWasReplacedIsTriedAgain() {
        let failure = FailureRecord(
            location: place("a.png"),
            stamp: stamp(inode: 1),
            reason: "broken"
        )
        let plan = IndexingPlan(
            found: [found("a.png", stamp(inode: 2))],
            known: [],
            failures: [failure]
        )
        #expect(plan.toRead.count == 1)
    }

    @Test func recordsWithoutAnInodeGetOneAndAreNotRead() {
        let plan = IndexingPlan(
            found: [found("a.png", stamp(inode: 7))],
            known: [known("a.png", stamp(inode: nil))],
            failures: []
        )
        #expect(plan.toRead.isEmpty)
        #expect(plan.unchangedCount == 1)
        #expect(plan.refreshed == [known("a.png", stamp(inode: 7))])
    }

    @Test func aFolderThatWasCopiedIsNotReadAgain() {
        let count = 3 * IndexingPlan.believedInodeChanges
        let plan = plan(of: count) { UInt64($0 + 100_000) }
        #expect(plan.toRead.isEmpty)
        #expect(plan.unchangedCount == count)
        #expect(plan.refreshed.count == count)
    }

    @Test func manyReplacedFilesAmongMoreThatAreNotAreRead() {
        let changed = 2 * IndexingPlan.believedInodeChanges
        let plan = plan(of: 2 * changed) { UInt64($0 < changed ? $0 + 100_000 : $0) }
        #expect(plan.toRead.count == changed)
        #expect(plan.unchangedCount == changed)
        #expect(plan.refreshed.isEmpty)
    }

    @Test func aMissingFileThatIsBackOnAnotherDiskIsNotRead() {
        let count = 2 * IndexingPlan.believedInodeChanges
        let plan = IndexingPlan(
            found: (0..<count).map { found("\($0).png", stamp(inode: UInt64($0 + 1000))) },
            known: (0..<count).map {
                known("\($0).png", stamp(inode: UInt64($0)), missing: true)
            },
            failures: []
        )
        #expect(plan.returned.count == count)
        #expect(plan.toRead.isEmpty)
        #expect(plan.returned.allSatisfy { $0.stamp.inode ?? 0 >= 1000 })
    }

    // MARK: What was seen going

    @Test func deletionsThatWereSeenAreNoLoss() {
        let files = numbered(0..<3)
        let plan = IndexingPlan(
            found: [],
            known: files.map { known($0, old) },
            failures: [],
            deletions: files.map(place)
        )
        #expect(plan.hesitation == nil)
        #expect(plan.gone.count == 3)
    }

    @Test func whatLayInADeletedFolderIsNoLoss() {
        let plan = IndexingPlan(
            found: [found("a.png", old)],
            known: [known("a.png", old), known("b/c/1.png", old), known("b/2.png", old)],
            failures: [],
            deletions: [place("b")]
        )
        #expect(plan.hesitation == nil)
        #expect(plan.gone.map(\.path) == ["b/2.png", "b/c/1.png"])
    }

    @Test func whatNobodySawGoingStillIs() {
        let files = numbered(0..<4)
        let plan = IndexingPlan(
            found: [],
            known: files.map { known($0, old) },
            failures: [],
            deletions: [place("image0.png"), place("image")]
        )
        #expect(plan.hesitation == .folderIsEmpty(known: 4))
        #expect(plan.gone.isEmpty)
    }

    @Test func orderDoesNotMatter() {
        let paths = ["b.png", "a/c.png", "a.png", "が.png", "か\u{3099}.png"]
        let plan = IndexingPlan(
            found: paths.map { found($0, old) },
            known: paths.reversed().map { known($0, old) },
            failures: []
        )
        #expect(plan.unchangedCount == 5)
        #expect(plan.gone.isEmpty)
    }
}
