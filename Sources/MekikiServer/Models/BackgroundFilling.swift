import Logging
import MekikiKit
import Synchronization

/// Fills the space of a model that was requested, while the server goes on answering.
actor BackgroundFilling {
    private let library: Library
    private let shelf: ModelShelf
    private let logger: Logger
    private var running: (space: VectorSpace, task: Task<Void, Never>)?
    /// One that was told to stop, and may still be at its last batch.
    private var ending: Task<Void, Never>?
    private let state = Mutex(State())

    /// How far a filling has come, and what keeps it from going on.
    struct State: Sendable, Equatable {
        /// The space that is being filled.
        var space: VectorSpace?
        /// Images that have a vector.
        var done = 0
        /// Images in all.
        var total = 0
        /// Why the last filling did not come to its end.
        var problem: String?
    }

    /// Prepares to fill.
    ///
    /// - Parameters:
    ///   - library: Whose images are encoded.
    ///   - shelf: Where models are found.
    ///   - logger: Where faults are written.
    init(_ library: Library, _ shelf: ModelShelf, logger: Logger) {
        self.library = library
        self.shelf = shelf
        self.logger = logger
    }

    /// How far it has come.
    nonisolated var progress: State { state.withLock { $0 } }

    /// Goes on with what was requested before the server was started.
    func resume() async {
        guard let pending = try? await library.selection().pending else { return }
        do {
            start(try await shelf.model(of: pending))
        } catch {
            note(error, pending.space)
        }
    }

    /// Requests that a model answers, and begins to fill its space.
    ///
    /// - Parameter model: The model.
    /// - Throws: `MekikiError` when the library can't be changed.
    func use(_ model: LoadedModel) async throws {
        let selection = try await library.use(model)
        if let pending = selection.pending, pending.space == model.space {
            start(model)
        } else {
            cancel()
            state.withLock { $0 = State() }
        }
    }

    /// Stops after the batch at hand; what was requested stays so.
    func stop() async {
        cancel()
        await ending?.value
    }

    private func cancel() {
        guard let running else { return }
        running.task.cancel()
        ending = running.task
        self.running = nil
    }

    private func start(_ model: LoadedModel) {
        if running?.space == model.space { return }
        cancel()
        state.withLock { $0 = State(space: model.space) }
        let former = ending
        let task = Task {
            await former?.value
            await fill(model)
        }
        running = (model.space, task)
    }

    private func fill(_ model: LoadedModel) async {
        do {
            let outcome = try await library.fill(
                with: model,
                progress: { [self] progress in
                    state.withLock { state in
                        guard state.space == model.space else { return }
                        state.done = progress.done
                        state.total = progress.total
                    }
                }
            )
            end(model.space, outcome)
        } catch {
            note(error, model.space)
        }
        // One that was cancelled is no longer the running one, even if that fills the same space.
        if !Task.isCancelled { running = nil }
    }

    private func end(_ space: VectorSpace, _ outcome: FillingOutcome) {
        state.withLock { state in
            guard state.space == space else { return }
            state.space = nil
            guard case .incomplete(let count) = outcome else { return }
            state.problem =
                "\(count) images can't be encoded: their files are gone, or have changed. "
                + "Run `mekiki index` on their folders."
        }
    }

    private func note(_ error: any Error, _ space: VectorSpace) {
        logger.error(
            "The vectors of another model can't be made",
            metadata: ["model": "\(space)", "error": "\(error)"]
        )
        state.withLock { state in
            // Another one may have been requested meanwhile.
            guard state.space == nil || state.space == space else { return }
            state = State(
                problem: (error as? MekikiError)?.message
                    ?? "The vectors can't be made. The server's log says more."
            )
        }
    }
}
