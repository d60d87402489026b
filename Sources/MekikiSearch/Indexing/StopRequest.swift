import Synchronization

/// Somebody's wish that a run may end after the batch at hand.
final class StopRequest: Sendable {
    private let made = Atomic<Bool>(false)

    /// Whether the wish was uttered.
    var wasMade: Bool { made.load(ordering: .relaxed) }

    /// Utters the wish.
    func make() { made.store(true, ordering: .relaxed) }
}
