import MekikiCore
import Testing

@testable import MekikiSearch

/// When changes are indexed, and which: with a clock that stands where the test puts it.
@Suite struct PendingChangesTests {
    private let start = ContinuousClock.now
    private var pending = PendingChanges(roots: ["/r", "/s"])

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private func place(_ path: String, root: String = "/r") -> FileLocation {
        FileLocation(root: root, path: path)
    }

    @Test func withoutEventsThereIsNothingToWaitFor() {
        #expect(pending.deadline(at: at(5)) == nil)
    }

    @Test mutating func aChangeIsTakenWhenAllIsQuiet() {
        pending.add(.changed(place("a/x.png")), at: at(0))
        #expect(pending.deadline(at: at(0)) == at(1))
        #expect(pending.take(at: at(0.9)) == nil)
        #expect(pending.take(at: at(1)) == FolderChanges(touched: [place("a")]))
        #expect(pending.take(at: at(2)) == nil)
    }

    @Test mutating func aFileOfTheWatchedFolderItselfTouchesThatAlone() {
        pending.add(.changed(place("x.png")), at: at(0))
        #expect(pending.take(at: at(1)) == FolderChanges(touched: [place("")]))
    }

    @Test mutating func aBurstIsOneRun() {
        for step in 0..<50 {
            pending.add(.changed(place("\(step % 7)/x.png")), at: at(Double(step) / 10))
            #expect(pending.take(at: at(Double(step) / 10)) == nil)
        }
        #expect(pending.take(at: at(5.9))?.touched.count == 7)
    }

    @Test mutating func aChangeDoesNotWaitForever() {
        for step in 0..<120 {
            pending.add(.changed(place("x\(step).png")), at: at(Double(step) / 2))
        }
        #expect(pending.deadline(at: at(59.5)) == at(60))
        #expect(pending.take(at: at(60)) != nil)
    }

    @Test mutating func aFileThatIsBeingWrittenIsWaitedFor() {
        for step in 0..<10 { pending.add(.writing(place("a/x.png")), at: at(Double(step))) }
        pending.add(.changed(place("b/y.png")), at: at(9))
        #expect(pending.take(at: at(10)) == FolderChanges(touched: [place("b")]))
        #expect(pending.take(at: at(11)) == nil)
        pending.add(.changed(place("a/x.png")), at: at(12))
        #expect(pending.take(at: at(13)) == FolderChanges(touched: [place("a")]))
    }

    @Test mutating func aWriterThatPausesIsNotWaitedForForever() {
        pending.add(.writing(place("a/x.png")), at: at(0))
        #expect(pending.deadline(at: at(1)) == at(10))
        #expect(pending.take(at: at(9)) == nil)
        #expect(pending.take(at: at(10)) != nil)
    }

    @Test mutating func aWriterHoldsBackAFolderThatIsLookedThroughAsAWhole() {
        pending.add(.folderAppeared(place("a")), at: at(0))
        pending.add(.writing(place("a/b/x.png")), at: at(0))
        pending.add(.writing(place("ab/x.png")), at: at(0))
        pending.add(.changed(place("a/b/x.png")), at: at(3))
        #expect(
            pending.take(at: at(4))
                == FolderChanges(touched: [place("a/b")], whole: [place("a")])
        )
    }

    @Test mutating func deletionsAreToldWithTheirFolder() {
        pending.add(.deleted(place("a/x.png")), at: at(0))
        pending.add(.folderDeleted(place("b/c")), at: at(0))
        #expect(
            pending.take(at: at(1))
                == FolderChanges(
                    touched: [place("a")],
                    whole: [place("b/c")],
                    deletions: [place("a/x.png"), place("b/c")]
                )
        )
        pending.add(.changed(place("a/y.png")), at: at(2))
        #expect(pending.take(at: at(3)) == FolderChanges(touched: [place("a")]))
    }

    @Test mutating func lostEventsMeanEverything() {
        pending.add(.lostTrack, at: at(0))
        let expected = FolderChanges(whole: [place(""), place("", root: "/s")])
        #expect(pending.take(at: at(1)) == expected)
    }

    @Test mutating func whatHappenedInARootThatLeftIsForgotten() {
        pending.add(.deleted(place("x.png")), at: at(0))
        pending.add(.writing(place("y.png")), at: at(0))
        pending.add(.changed(place("z.png", root: "/s")), at: at(0))
        pending.add(.rootLeft("/r"), at: at(0))
        #expect(
            pending.take(at: at(1)) == FolderChanges(touched: [place("", root: "/s")])
        )
    }

    @Test mutating func changesThatAreGivenBackCome() {
        let changes = FolderChanges(
            touched: [place("a")],
            whole: [place("b")],
            deletions: [place("a/x.png")]
        )
        pending.putBack(changes, at: at(0))
        #expect(pending.take(at: at(1)) == changes)
    }

    @Test mutating func composedAndDecomposedFoldersAreTwo() {
        pending.add(.changed(place("\u{304C}/x.png")), at: at(0))
        pending.add(.changed(place("\u{304B}\u{3099}/x.png")), at: at(0))
        #expect(pending.take(at: at(1))?.touched.count == 2)
    }
}
