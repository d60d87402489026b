import Synchronization

/// Somebody's wish that a run may end after the batch at hand.
final class StopRequest: Sendable {
    private let made = Atomic<Bool>(false)

    /// Whether the wish was uttered.
    var wasMade: Bool { made.load(ordering: .relaxed) }

    /// Utters the wish.
    func make() { made.store(true, ordering: .relaxed) }

    /// Runs work that a cancellation of this task asks to stop.
    ///
    /// - Parameter work: What to do; it looks at the request between its batches.
    /// - Returns: What the work returned.
    /// - Throws: What the work throws.
    static func whileStoppable<Result: Sendable>(
        _ work: @escaping @Sendable (StopRequest) async throws -> Result
    ) async throws -> Result {
        let stop = StopRequest()
        // A task of its own: in a cancelled task the catalog refuses even the last batch, and what
        // was encoded would be lost.
        return try await withTaskCancellationHandler {
            try await Task { try await work(stop) }.value
        } onCancel: {
            stop.make()
        }
    }
}
