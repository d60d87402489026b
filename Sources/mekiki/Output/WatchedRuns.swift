import MekikiKit
import Synchronization

/// Takes the time of the runs of a watch, one after the other.
final class WatchedRuns: Sendable {
    private struct State {
        var start: ContinuousClock.Instant?
        var count = 0
    }

    private let state = Mutex(State())

    /// Begins a run, unless one has begun.
    func begin() {
        state.withLock { $0.start = $0.start ?? .now }
    }

    /// Ends a run.
    ///
    /// - Returns: How long it took, and whether it was the first.
    func end() -> (seconds: Double, isFirst: Bool) {
        state.withLock { state in
            let start = state.start ?? .now
            state.start = nil
            state.count += 1
            return ((ContinuousClock.now - start) / .seconds(1), state.count == 1)
        }
    }
}

extension IndexingReport {
    /// Whether a run over a few changes has anything to tell.
    var isNews: Bool {
        encodedCount + recognizedCount + completedCount + filledCount + returnedCount + goneCount
            > 0
            || !failures.isEmpty || !warnings.isEmpty
    }
}
