import MekikiCore
import Testing

@testable import MekikiSearch

private let disk = FolderIdentity(device: 1, inode: 2)
private let mountPoint = FolderIdentity(device: 3, inode: 4)

@Suite struct FolderWatchStateTests {
    private let start = ContinuousClock.now
    private var state = FolderWatch.State(["/r"])

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private var everything: FolderChanges {
        FolderChanges(whole: [FileLocation(root: "/r", path: "")])
    }

    @Test mutating func nothingIsToBeDoneWhileNothingHappens() {
        for second in stride(from: 0.0, to: 100, by: 5) {
            #expect(state.keepHouse(at: at(second)) { _ in disk }.isEmpty)
            #expect(state.take(at: at(second)) == nil)
        }
        #expect(state.wakeUp(at: at(95)) == at(100))
    }

    @Test mutating func aRootThatComesBackIsWatchedAnewAndLookedThrough() {
        _ = state.keepHouse(at: at(0)) { _ in disk }
        state.leave("/r")
        #expect(state.keepHouse(at: at(10)) { _ in nil }.isEmpty)
        #expect(state.take(at: at(12)) == nil)
        #expect(state.keepHouse(at: at(20)) { _ in disk } == ["/r"])
        #expect(state.take(at: at(21)) == everything)
    }

    @Test mutating func anotherDiskAtTheSamePathIsNoticed() {
        _ = state.keepHouse(at: at(0)) { _ in mountPoint }
        #expect(state.keepHouse(at: at(10)) { _ in disk } == ["/r"])
        #expect(state.take(at: at(11)) == everything)
    }

    @Test mutating func withoutEnoughWatchesEverythingIsLookedThroughNowAndThen() {
        _ = state.keepHouse(at: at(0)) { _ in disk }
        state.rescans(from: at(0))
        state.rescans(from: at(30))
        _ = state.keepHouse(at: at(60)) { _ in disk }
        #expect(state.take(at: at(61)) == everything)
        _ = state.keepHouse(at: at(119)) { _ in disk }
        #expect(state.take(at: at(119)) == nil)
        _ = state.keepHouse(at: at(120)) { _ in disk }
        #expect(state.take(at: at(121)) == everything)
    }

    @Test mutating func changesWaitForAnotherProcess() {
        state.pending.addWhole("/r", at: at(0))
        let changes = state.take(at: at(1))
        #expect(changes == everything)
        state.postpone(everything, at: at(1))
        #expect(state.isBusy)
        #expect(state.take(at: at(3)) == nil)
        #expect(state.wakeUp(at: at(3)) == at(6))
        #expect(state.take(at: at(6)) == everything)
        state.succeed()
        #expect(!state.isBusy)
    }
}
