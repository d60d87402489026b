import Foundation
import MekikiClients
import MekikiCore

extension Wiring {
    /// Finds a model in the cache that all programs of the hub share.
    ///
    /// - Parameters:
    ///   - reference: Which model.
    ///   - environment: The process's environment.
    /// - Returns: What is there of it, complete or not; `nil` when nothing is.
    public static func cachedModel(
        _ reference: ModelReference,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> CachedModel? {
        HubCache(environment: environment)
            .model(reference.repository, revision: reference.revision)
    }

    /// The folder with the vocabulary of a model that has none of its own.
    ///
    /// - Parameters:
    ///   - folder: The model's folder, in the cache or elsewhere.
    ///   - environment: The process's environment.
    /// - Returns: `nil` where the model has its own, or the lender isn't in the cache.
    static func lentVocabulary(for folder: URL, _ environment: [String: String]) -> URL? {
        HubCache(environment: environment).lentVocabulary(for: folder)
    }

    /// All models in the cache, ordered by name.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: What is there of each, complete or not.
    public static func cachedModels(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [CachedModel] {
        HubCache(environment: environment).models()
    }

    /// Fetches a model into the cache.
    ///
    /// - Parameters:
    ///   - reference: Which model.
    ///   - environment: The process's environment; it says which hub, who is asking, and where the
    ///     cache is, by the names that Python's client reads.
    ///   - progress: Is told how far things have come.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` with one sentence on what happened and what to do;
    ///   `CancellationError`.
    public static func pull(
        _ reference: ModelReference,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PulledModel {
        try await ModelHub(HubSettings(environment: environment)).pull(
            reference.repository,
            revision: reference.revision,
            // Before hundreds of megabytes come for nothing.
            check: { folder in if reference.preset == nil { try checkIsSupported(folder) } },
            progress: progress
        )
    }

    /// Which hub would be asked.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: Its host, and whether anything may be asked at all.
    /// - Throws: `MekikiError` with code `configuration` that names a variable.
    public static func hub(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (name: String, isOffline: Bool) {
        let settings = try HubSettings(environment: environment)
        return (settings.hubName, settings.isOffline)
    }

    /// A repository's page on the hub.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - environment: The process's environment.
    /// - Returns: Its address.
    /// - Throws: `MekikiError` with code `configuration` that names a variable.
    public static func page(
        of repository: RepositoryName,
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> String {
        try HubSettings(environment: environment).page(of: repository)
    }
}
