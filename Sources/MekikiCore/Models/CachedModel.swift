import Foundation

/// A model in the hub's cache, which other programs share.
public struct CachedModel: Sendable, Hashable {
    /// The repository.
    public var repository: RepositoryName

    /// The commit that the files are of.
    public var commit: String

    /// The folder of the files.
    public var folder: URL

    /// The length in bytes of the files that are there.
    public var bytes: Int64

    /// Whether the configuration and all weights are there.
    public var isComplete: Bool

    /// The folder with the tokenizer's files, where that is another repository's.
    public var tokenizerFolder: URL?

    /// Describes a model in the cache.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - commit: The commit that the files are of.
    ///   - folder: The folder of the files.
    ///   - bytes: The length in bytes of the files that are there.
    ///   - isComplete: Whether the configuration and all weights are there.
    ///   - tokenizerFolder: The folder with the tokenizer's files, where that is another
    ///     repository's.
    public init(
        repository: RepositoryName,
        commit: String,
        folder: URL,
        bytes: Int64,
        isComplete: Bool,
        tokenizerFolder: URL? = nil
    ) {
        self.repository = repository
        self.commit = commit
        self.folder = folder
        self.bytes = bytes
        self.isComplete = isComplete
        self.tokenizerFolder = tokenizerFolder
    }
}
