import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Brings the library up to date with folders.
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
        try await Wiring.whileIndexing(folder) {
            try await indexer(model, options).run(folders, progress: progress)
        }
    }

    /// Brings the library up to date with folders, and keeps it so until the task is cancelled.
    ///
    /// Between its runs other processes may index the library too.
    ///
    /// - Parameters:
    ///   - folders: Folders of image files.
    ///   - model: What makes the vectors.
    ///   - options: How to go about it; pruning is for the first run alone.
    ///   - notice: Is told, in a sentence, what a person should know of the watching itself.
    ///   - progress: Is told how far a run has come.
    ///   - finished: Is told what each run did.
    /// - Throws: `MekikiError` when a folder is absent or the system can't watch folders; what
    ///   ``Indexer`` throws.
    public func watch(
        _ folders: [String],
        with model: LoadedModel,
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
                    try await index(roots, with: model, options: options, progress: progress)
                )
                return
            }
            let report = try await Wiring.whileIndexing(folder) {
                try await indexer(model, later).run(changes, progress: progress)
            }
            try finished(report)
        }
    }

    private func indexer(_ model: LoadedModel, _ options: IndexingOptions) -> Indexer {
        var options = options
        // A library may lie inside the folder that it is made of.
        options.excludedFolder = folder.url.path
        return Indexer(
            catalog: catalog,
            reader: reader,
            encoder: model.imageEncoder,
            thumbnails: thumbnails,
            options: options
        )
    }
}
