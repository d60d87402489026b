import Foundation
import MekikiCore

/// The model hub: fetches models into the cache that Python's client shares.
public struct ModelHub: Sendable {
    private let settings: HubSettings
    private let cache: HubCache
    private let freeSpace: @Sendable (URL) -> Int64?

    /// Names a hub.
    ///
    /// - Parameter settings: Which hub is asked, by whom, and where its files are kept.
    public init(_ settings: HubSettings) {
        self.init(settings, freeSpace: FreeSpace.bytes)
    }

    /// Names a hub.
    ///
    /// - Parameters:
    ///   - settings: Which hub is asked.
    ///   - freeSpace: Tells the room around a folder.
    init(_ settings: HubSettings, freeSpace: @escaping @Sendable (URL) -> Int64?) {
        self.settings = settings
        cache = HubCache(settings.cache)
        self.freeSpace = freeSpace
    }

    /// Fetches what a model needs, and what it needs of others.
    ///
    /// What is there is not fetched again; what an earlier run began is completed. Nothing is named
    /// in the cache before its length and its hash are right.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - revision: A branch, a tag or a commit.
    ///   - check: Looks at the folder once all but the weights is there; what it throws ends the pull
    ///     before they are fetched.
    ///   - progress: Is told how far things have come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` with one sentence on what happened and what to do;
    ///   `CancellationError`; what the check throws.
    public func pull(
        _ repository: RepositoryName,
        revision: String = "main",
        check: @escaping @Sendable (URL) throws -> Void = { _ in },
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PulledModel {
        guard RepositoryPath.isRevision(revision) else {
            throw MekikiError(
                .usage,
                "“\(revision)” is no revision: name a branch, a tag or a commit.",
                subject: repository.description
            )
        }
        guard !settings.isOffline else { return try offline(repository, revision) }
        return try await HubConnection.whileOpen(settings) { connection in
            let pull = RepositoryPull(
                connection: connection,
                cache: cache,
                repository: repository,
                revision: revision,
                freeSpace: freeSpace,
                check: check,
                progress: progress
            )
            return try await pull.run()
        }
    }

    /// What is there already, while nothing may be fetched.
    private func offline(_ repository: RepositoryName, _ revision: String) throws -> PulledModel {
        guard let model = cache.model(repository, revision: revision), model.isComplete else {
            throw MekikiError(
                .configuration,
                "The model is not in \(settings.cache.path), and HF_HUB_OFFLINE forbids to fetch it. "
                    + "Unset HF_HUB_OFFLINE.",
                subject: repository.description
            )
        }
        return PulledModel(
            repository: repository,
            commit: model.commit,
            folder: model.folder,
            files: SnapshotFiles(model.folder).paths.count,
            bytes: model.bytes,
            fetchedBytes: 0
        )
    }
}
