import Foundation
import MekikiCore
import MekikiTesting
import Synchronization
import Testing

@testable import MekikiSearch

/// The loop around the decisions, with events that the test makes up.
@Suite(.timeLimit(.minutes(10))) struct FolderWatchTests {
    private let folder: TemporaryFolder
    private let watcher = MadeUpWatcher()
    private let log = WatchLog()

    init() throws { folder = try TemporaryFolder() }

    private func place(_ path: String) -> FileLocation {
        FileLocation(root: folder.path, path: path)
    }

    /// Watches until `isEnough` says so, failing with `errors` at the first runs.
    private func watch(
        failing errors: [MekikiError] = [],
        until isEnough: @Sendable (WatchLog) -> Bool,
        _ act: () -> Void
    ) async throws {
        let watch = FolderWatch([folder.path], with: watcher)
        let left = Mutex(errors)
        let task = Task { [log] in
            try await watch(notice: { log.add($0) }) { changes in
                if changes != nil, let error = left.withLock({ $0.popLast() }) { throw error }
                log.add(changes)
            }
        }
        while log.runs.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        act()
        while !isEnough(log) { try await Task.sleep(for: .milliseconds(20)) }
        task.cancel()
        try await task.value
    }

    @Test func everythingComesFirstAndThenWhatChanges() async throws {
        try await watch {
            $0.runs.count >= 2
        } _: {
            for name in ["a/1.png", "a/2.png", "b/1.png"] { watcher.tell(.changed(place(name))) }
        }
        #expect(log.runs == [nil, FolderChanges(touched: [place("a"), place("b")])])
        #expect(watcher.watched == [folder.path])
        #expect(watcher.isEnded)
    }

    @Test func whatHappensDuringTheFirstRunIsNotLost() async throws {
        watcher.tell(.deleted(place("early.png")))
        try await watch(until: { $0.runs.count >= 2 }, {})
        #expect(log.runs.last??.deletions == [place("early.png")])
    }

    @Test func tooFewWatchesAreSaid() async throws {
        try await watch(until: { !$0.notices.isEmpty }, { watcher.tell(.limitReached) })
        #expect(log.notices.first?.contains("fs.inotify.max_user_watches") == true)
    }

    @Test func otherErrorsEndTheWatch() async throws {
        let full = MekikiError(.inputOutput, "The disk is full.")
        let error = await #expect(throws: MekikiError.self) {
            try await watch(failing: [full], until: { _ in watcher.isEnded }) {
                watcher.tell(.changed(place("a.png")))
            }
        }
        #expect(error?.code == .inputOutput)
    }

    @Test func anotherProcessIsWaitedFor() async throws {
        let busy = MekikiError(.unavailable, "Another process indexes.")
        try await watch(failing: [busy], until: { $0.runs.count >= 2 }) {
            watcher.tell(.changed(place("a.png")))
        }
        #expect(log.runs.last == FolderChanges(touched: [place("")]))
        #expect(log.notices.count == 1)
    }
}

/// A watcher whose events a test makes up.
private final class MadeUpWatcher: FolderWatcher {
    let events: AsyncStream<WatchEvent>
    private let continuation: AsyncStream<WatchEvent>.Continuation
    private let state = Mutex((watched: [String](), isEnded: false))

    init() { (events, continuation) = AsyncStream.makeStream() }

    var watched: [String] { state.withLock { $0.watched } }
    var isEnded: Bool { state.withLock { $0.isEnded } }

    func watch(_ root: String) { state.withLock { $0.watched.append(root) } }
    func tell(_ event: WatchEvent) { continuation.yield(event) }
    func end() {
        state.withLock { $0.isEnded = true }
        continuation.finish()
    }
}

/// What a watch did and said.
private final class WatchLog: Sendable {
    private let state = Mutex((runs: [FolderChanges?](), notices: [String]()))

    var runs: [FolderChanges?] { state.withLock { $0.runs } }
    var notices: [String] { state.withLock { $0.notices } }

    func add(_ changes: FolderChanges?) { state.withLock { $0.runs.append(changes) } }
    func add(_ notice: String) { state.withLock { $0.notices.append(notice) } }
}
