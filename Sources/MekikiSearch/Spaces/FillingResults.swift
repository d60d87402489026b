import MekikiCore
import Synchronization

/// What came of one turn of a filling, written down by whoever has the turn.
final class FillingResults: Sendable {
    private struct State {
        var start: ContinuousClock.Instant?
        var unreadable: Set<ImageID> = []
    }

    private let state = Mutex(State())

    /// Notes that the turn has come: the wait for it doesn't count as work.
    func begin() { state.withLock { $0.start = .now } }

    /// Notes images that got no vector.
    func add(_ unreadable: Set<ImageID>) { state.withLock { $0.unreadable.formUnion(unreadable) } }

    /// Images that got no vector.
    var unreadable: Set<ImageID> { state.withLock { $0.unreadable } }

    /// How long the turn's work took.
    func duration(from start: ContinuousClock.Instant) -> Duration {
        ContinuousClock.now - (state.withLock { $0.start } ?? start)
    }
}
