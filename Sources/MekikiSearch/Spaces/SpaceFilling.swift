import MekikiCore

/// The flow that fills a space which was requested, and puts it in place when nothing lacks a vector.
///
/// It holds the right to index the library for a few seconds at a time, so that folders can be indexed
/// meanwhile. All that must survive its end is in the catalog: whoever starts it again goes on.
public struct SpaceFilling: Sendable {
    /// Runs a turn while nobody else may index the library; who waits for it throws `CancellationError`
    /// when the turn is not wanted any more.
    public typealias Turn =
        @Sendable (
            _ isStopped: @escaping @Sendable () -> Bool,
            _ work: @escaping @Sendable () async throws -> SpaceSelection
        ) async throws -> SpaceSelection

    private let catalog: any Catalog
    private let indexer: Indexer

    /// Creates a filling.
    ///
    /// - Parameters:
    ///   - catalog: Where images are kept.
    ///   - reader: What decodes files.
    ///   - encoder: What makes vectors in the space.
    ///   - thumbnails: Where thumbnails are kept.
    ///   - options: How to go about it.
    public init(
        catalog: any Catalog,
        reader: any ImageReader,
        encoder: any ImageEncoder,
        thumbnails: any ThumbnailStore,
        options: IndexingOptions = IndexingOptions()
    ) {
        self.catalog = catalog
        indexer = Indexer(
            catalog: catalog,
            reader: reader,
            encoder: encoder,
            thumbnails: thumbnails,
            options: options
        )
    }

    private var space: VectorSpace { indexer.encoder.space }

    /// Fills the space.
    ///
    /// Cancelling the task stops it after the batch at hand.
    ///
    /// - Parameters:
    ///   - turn: Gives the right to index for the time of its work.
    ///   - progress: Is told how far it has come, one call at a time.
    /// - Returns: How it ended.
    /// - Throws: `MekikiError` when the catalog or the model fails.
    public func callAsFunction(
        _ turn: @escaping Turn,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> FillingOutcome {
        try await StopRequest.whileStoppable { stop in
            do {
                return try await fill(turn, stop, progress)
            } catch is CancellationError where stop.wasMade {
                return .stopped
            }
        }
    }

    private func fill(
        _ turn: @escaping Turn,
        _ stop: StopRequest,
        _ progress: @escaping @Sendable (IndexingProgress) -> Void
    ) async throws -> FillingOutcome {
        let total = try await catalog.statistics().imageCount
        var unreadable: Set<ImageID> = []
        var pace = FillingPace()
        while true {
            let waiting = try await catalog.imagesWithoutVector(in: space)
                .filter { !unreadable.contains($0) }
            var state = IndexingProgress(
                phase: .filling(space.model),
                folder: "",
                done: max(0, total - waiting.count - unreadable.count),
                total: max(total, waiting.count),
                failed: unreadable.count
            )
            progress(state)
            var next = 0
            while next < waiting.count {
                guard !stop.wasMade else { return .stopped }
                let part = Array(waiting[next..<min(next + pace.count, waiting.count)])
                next += part.count
                let results = FillingResults()
                let start = ContinuousClock.now
                let selection = try await turn({ stop.wasMade }) { [self] in
                    let selection = try await catalog.selection(of: .image)
                    guard selection.pending?.space == space else { return selection }
                    results.begin()
                    // A run over a folder, or somebody else who fills, may have come first.
                    let known = try await catalog.embeddings(of: part, in: space)
                    let lacking = part.filter { known[$0] == nil }
                    let encoded = try await indexer.fill(lacking, stop)
                    results.add(Set(lacking).subtracting(encoded))
                    return selection
                }
                guard selection.pending?.space == space else { return outcome(selection) }
                guard !stop.wasMade else { return .stopped }
                pace.learn(part.count, took: results.duration(from: start))
                unreadable.formUnion(results.unreadable)
                state.done += part.count - results.unreadable.count
                state.failed = unreadable.count
                progress(state)
            }
            let selection = try await turn({ stop.wasMade }) { [self] in
                try await catalog.select(.complete(space), for: .image)
            }
            guard selection.pending?.space == space else { return outcome(selection) }
            let left = try await catalog.imagesWithoutVector(in: space)
            if !left.isEmpty, unreadable.isSuperset(of: left) {
                return .incomplete(unreadable: left.count)
            }
        }
    }

    private func outcome(_ selection: SpaceSelection) -> FillingOutcome {
        selection.current?.space == space ? .switched : .superseded
    }
}
