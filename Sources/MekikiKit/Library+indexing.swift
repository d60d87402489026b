import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Says which models a run makes vectors with; asked before each run, when nobody else may index.
    public typealias ModelChoosing = @Sendable () async throws -> IndexingModels

    /// Brings the library up to date with folders.
    ///
    /// A new library answers with the model of its first run from then on.
    ///
    /// - Parameters:
    ///   - folders: Folders of image files.
    ///   - models: Says what makes the vectors.
    ///   - options: How to go about it.
    ///   - progress: Is told how far the run has come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes this library; what
    ///   ``Indexer`` throws.
    public func index(
        _ folders: [String],
        with models: @escaping ModelChoosing,
        options: IndexingOptions = IndexingOptions(),
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        try await alone {
            try await indexer(try await models(), options)
                .run(folders, progress: progress)
        }
    }

    /// Brings the library up to date with folders, with one model.
    ///
    /// - Parameters:
    ///   - folders: Folders of image files.
    ///   - model: What makes the vectors.
    ///   - options: How to go about it.
    ///   - progress: Is told how far the run has come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError`: `unavailable` while another process indexes this library; what
    ///   ``Indexer`` throws.
    public func index(
        _ folders: [String],
        with model: LoadedModel,
        options: IndexingOptions = IndexingOptions(),
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        try await index(
            folders,
            with: { IndexingModels(current: model) },
            options: options,
            progress: progress
        )
    }

    /// Brings the library up to date with folders, and keeps it so until the task is cancelled.
    ///
    /// Between its runs other processes may index the library too, or let another model answer.
    ///
    /// - Parameters:
    ///   - folders: Folders of image files.
    ///   - models: Says what makes the vectors.
    ///   - options: How to go about it; pruning is for the first run alone.
    ///   - notice: Is told, in a sentence, what a person should know of the watching itself.
    ///   - progress: Is told how far a run has come.
    ///   - finished: Is told what each run did.
    /// - Throws: `MekikiError` when a folder is absent or the system can't watch folders; what
    ///   ``Indexer`` throws.
    public func watch(
        _ folders: [String],
        with models: @escaping ModelChoosing,
        options: IndexingOptions = IndexingOptions(),
        notice: @escaping @Sendable (String) -> Void,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in },
        finished: @escaping @Sendable (IndexingReport) throws -> Void
    ) async throws {
        let roots = try folders.map(FolderScan.resolve)
        let watch = FolderWatch(roots, with: try Wiring.folderWatcher(passingOver: folder))
        var later = options
        later.prune = false
        try await watch(notice: notice) { [later] changes in
            guard let changes else {
                try finished(
                    try await index(roots, with: models, options: options, progress: progress)
                )
                return
            }
            let report = try await alone {
                try await indexer(try await models(), later)
                    .run(changes, progress: progress)
            }
            try finished(report)
        }
    }

    /// Makes an indexer, and notes the model of a library that answers with none yet.
    private func indexer(
        _ models: IndexingModels,
        _ options: IndexingOptions
    ) async throws -> Indexer {
        var options = options
        // A library may lie inside the folder that it is made of.
        options.excludedFolder = folder.url.path
        options.metadataVersion = Wiring.metadataVersion
        _ = try await catalog.select(.adopt(models.current.chosen), for: .image)
        for model in models.others { try await catalog.note(model.chosen) }
        return Indexer(
            catalog: catalog,
            reader: reader,
            encoder: models.current.imageEncoder,
            others: models.others.map(\.imageEncoder),
            thumbnails: thumbnails,
            options: options
        )
    }
}
