import MekikiCore
import MekikiSearch

extension Library {
    /// Requests that a model answers from now on.
    ///
    /// Where its space is filled already, as one that was kept, it answers at once; otherwise the present
    /// one goes on until ``fill(with:waiting:progress:)`` or a run over folders has filled it. A former
    /// request is given up, and with the model that answers nothing is left to wait for.
    ///
    /// - Parameter model: The model.
    /// - Returns: The selection afterwards.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes.
    public func use(_ model: LoadedModel) async throws -> SpaceSelection {
        try await alone { try await catalog.select(.request(model.chosen), for: .image) }
    }

    /// Lets the model that was requested answer, whatever images have no vector of it yet.
    ///
    /// - Parameter model: The model.
    /// - Returns: The selection afterwards.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes.
    public func useAnyway(_ model: LoadedModel) async throws -> SpaceSelection {
        try await alone { try await catalog.select(.completeAnyway(model.space), for: .image) }
    }

    /// Fills the space of a model that was requested, and lets it answer when nothing lacks a vector.
    ///
    /// Folders can be indexed meanwhile. Cancelling the task stops it after the batch at hand, and
    /// whoever calls this again goes on; so does the next run over folders.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - waiting: Is told once when another process has to be waited for.
    ///   - progress: Is told how far it has come, one call at a time.
    /// - Returns: How it ended.
    /// - Throws: `MekikiError` when the catalog or the model fails.
    public func fill(
        with model: LoadedModel,
        waiting: @escaping @Sendable (MekikiError) -> Void = { _ in },
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> FillingOutcome {
        let filling = SpaceFilling(
            catalog: catalog,
            reader: reader,
            encoder: model.imageEncoder,
            thumbnails: thumbnails
        )
        return try await filling { [folder] isStopped, work in
            // Who waits for a turn looks every 10 ms, and must find the library free.
            try await Task.sleep(for: .milliseconds(30))
            return try await Wiring.whileIndexing(
                folder,
                waiting: nil,
                unless: isStopped,
                telling: waiting,
                work
            )
        } progress: {
            progress($0)
        }
    }
}
