import Foundation

/// What the fetching of a model did.
public struct PulledModel: Sendable, Hashable {
    /// The repository.
    public var repository: RepositoryName

    /// The commit that the files are of: 40 hexadecimal digits.
    public var commit: String

    /// The folder of the files, in the hub's cache.
    public var folder: URL

    /// How many files the model has.
    public var files: Int

    /// The length of all files in bytes.
    public var bytes: Int64

    /// Bytes that came over the network.
    public var fetchedBytes: Int64

    /// States what was done.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - commit: The commit that the files are of.
    ///   - folder: The folder of the files.
    ///   - files: How many files the model has.
    ///   - bytes: The length of all files in bytes.
    ///   - fetchedBytes: Bytes that came over the network.
    public init(
        repository: RepositoryName,
        commit: String,
        folder: URL,
        files: Int,
        bytes: Int64,
        fetchedBytes: Int64
    ) {
        self.repository = repository
        self.commit = commit
        self.folder = folder
        self.files = files
        self.bytes = bytes
        self.fetchedBytes = fetchedBytes
    }
}
