import MekikiCore
import Synchronization

/// Adds up how far the files of a model have come, from many tasks.
final class PullMeter: Sendable {
    private struct State {
        var progress: PullProgress
        /// Bytes of files that are complete.
        var complete: Int64 = 0
        /// Bytes of files that are on their way.
        var underWay: [String: Int64] = [:]
        var fetched: Int64 = 0
        /// What holds files up.
        var delays: [String: String] = [:]
    }

    private let state: Mutex<State>
    private let report: @Sendable (PullProgress) -> Void

    /// Starts at nothing.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - report: Is told each change.
    init(_ repository: RepositoryName, _ report: @escaping @Sendable (PullProgress) -> Void) {
        state = Mutex(State(progress: PullProgress(repository: repository)))
        self.report = report
    }

    /// Bytes that came over the network.
    var fetched: Int64 { state.withLock(\.fetched) }

    /// Takes the length of all files together.
    func expect(_ total: Int64) {
        change { $0.progress.total = total }
    }

    /// Takes the bytes that a file has, and how many of them just came.
    func file(_ path: String, has bytes: Int64, came: Int = 0) {
        change { state in
            state.underWay[path] = bytes
            state.fetched += Int64(came)
        }
    }

    /// Takes that a file is complete.
    func complete(_ path: String, _ bytes: Int64) {
        change { state in
            state.underWay[path] = nil
            state.delays[path] = nil
            state.complete += bytes
        }
    }

    /// Takes what holds a file up; `nil` when nothing does any more.
    func delay(_ path: String, _ reason: String?) {
        change { $0.delays[path] = reason }
    }

    private func change(_ body: @Sendable (inout State) -> Void) {
        let progress = state.withLock { state in
            body(&state)
            state.progress.done = state.complete + state.underWay.values.reduce(0, +)
            state.progress.delay = state.delays.min { $0.key < $1.key }?.value
            return state.progress
        }
        report(progress)
    }
}
