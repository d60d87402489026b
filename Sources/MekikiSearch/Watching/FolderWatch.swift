import Foundation
import MekikiCore

/// Keeps watched folders indexed: indexes them once, and then what changes.
///
/// It says when and what; indexing itself is its caller's, who holds the library's lock only for as
/// long as a run takes.
public struct FolderWatch: Sendable {
    /// How often it looks whether a watched folder has gone or come back, of which no event tells.
    static let housekeeping: Duration = .seconds(10)

    /// How often everything is looked through where the system can't watch all folders.
    static let rescanInterval: Duration = .seconds(60)

    /// How long another process that indexes the library is waited for.
    static let busyPause: Duration = .seconds(5)

    private let roots: [String]
    private let watcher: any FolderWatcher

    /// Names what is watched.
    ///
    /// - Parameters:
    ///   - roots: The folders' absolute paths, links resolved.
    ///   - watcher: What tells of events.
    public init(_ roots: [String], with watcher: any FolderWatcher) {
        self.roots = roots
        self.watcher = watcher
    }

    /// Watches until the task is cancelled.
    ///
    /// - Parameters:
    ///   - notice: Is told, in a sentence, what a person should know of the watching itself.
    ///   - index: Indexes changes; `nil` stands for everything, and comes first.
    /// - Throws: What `index` throws, except that another process is at the library: that is waited
    ///   for.
    public func callAsFunction(
        notice: @Sendable (String) -> Void,
        index: @Sendable (FolderChanges?) async throws -> Void
    ) async throws {
        defer { watcher.end() }
        // Before the first run, so that nothing that changes meanwhile is missed.
        for root in roots { watcher.watch(root) }
        try await index(nil)
        var state = State(roots)
        let (ticks, clock) = AsyncStream<Signal>.makeStream()
        let forwarding = Task {
            for await event in watcher.events { clock.yield(.event(event)) }
            clock.finish()
        }
        defer { forwarding.cancel() }
        var alarm = Alarm(clock)
        defer { alarm.cancel() }
        alarm.set(state.wakeUp(at: .now))
        for await signal in ticks {
            if Task.isCancelled { break }
            let now = ContinuousClock.now
            if case .event(let event) = signal {
                state.pending.add(event, at: now)
                report(event, &state, notice)
                // Thousands of events may come at once: what they mean is asked when all is quiet.
                alarm.set(now + PendingChanges.quiet, onlyEarlier: true)
                continue
            }
            for root in state.keepHouse(at: now, identity: { FileStatus(of: $0)?.identity }) {
                watcher.watch(root)
            }
            if let changes = state.take(at: now) {
                do {
                    try await index(changes)
                    state.succeed()
                } catch let error as MekikiError where error.code == .unavailable {
                    if !state.isBusy { notice(error.message + " Trying again until then.") }
                    state.postpone(changes, at: .now)
                }
            }
            alarm.set(state.wakeUp(at: .now))
        }
    }

    private func report(
        _ event: WatchEvent,
        _ state: inout State,
        _ notice: (String) -> Void
    ) {
        switch event {
        case .limitReached:
            state.rescans(from: .now)
            let minutes = Int(Self.rescanInterval / .seconds(60))
            notice(
                "The system watches no more folders. Raise fs.inotify.max_user_watches; until then "
                    + "everything is looked through every \(minutes == 1 ? "minute" : "\(minutes) minutes")."
            )
        case .rootLeft(let root):
            state.leave(root)
            notice("\(root): went away. Nothing was changed; it is indexed again when it is back.")
        default:
            break
        }
    }

    private enum Signal: Sendable {
        case event(WatchEvent)
        case tick
    }

    /// One moment to be woken at; a new one takes the place of the old.
    private struct Alarm {
        private let clock: AsyncStream<Signal>.Continuation
        private var task: Task<Void, Never>?
        private var moment: ContinuousClock.Instant?

        init(_ clock: AsyncStream<Signal>.Continuation) {
            self.clock = clock
        }

        mutating func set(_ moment: ContinuousClock.Instant, onlyEarlier: Bool = false) {
            if onlyEarlier, let before = self.moment, before <= moment { return }
            task?.cancel()
            self.moment = moment
            let clock = clock
            task = Task {
                guard (try? await Task.sleep(until: moment, clock: .continuous)) != nil else {
                    return
                }
                clock.yield(.tick)
            }
        }

        func cancel() { task?.cancel() }
    }
}
