import Foundation
import MekikiCore

/// The hub's cache on this machine, in the layout that Python's client keeps, so that a model is
/// fetched once for all programs.
///
/// ```
/// models--org--name/refs/main            the commit that a branch is at
/// models--org--name/blobs/<etag>         contents, each once
/// models--org--name/snapshots/<commit>/  links to contents, under the files' names
/// ```
public struct HubCache: Sendable {
    /// The cache's folder.
    public let folder: URL

    /// Names a cache.
    ///
    /// - Parameter folder: Its folder.
    public init(_ folder: URL) {
        self.folder = folder
    }

    /// Finds the cache that this user's programs share.
    ///
    /// - Parameter environment: The process's environment: `HF_HUB_CACHE`, `HF_HOME`,
    ///   `XDG_CACHE_HOME` and `HOME`.
    public init(environment: [String: String]) {
        folder = HubVariables(environment).cache
    }

    /// Finds a model.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - revision: A branch, a tag or a commit.
    /// - Returns: What is there of it, complete or not; `nil` when nothing is.
    public func model(_ repository: RepositoryName, revision: String = "main") -> CachedModel? {
        guard let commit = commit(of: repository, revision: revision) else { return nil }
        let folder = snapshot(commit, of: repository)
        let files = SnapshotFiles(folder)
        guard !files.paths.isEmpty else { return nil }
        let (lenderFolder, isLent) = tokenizerFolder(for: folder)
        return CachedModel(
            repository: repository,
            commit: commit,
            folder: folder,
            bytes: files.bytes,
            isComplete: files.isComplete && isLent,
            tokenizerFolder: lenderFolder
        )
    }

    /// All models in the cache whose `main` branch is known, ordered by name.
    ///
    /// - Returns: What is there of each, complete or not.
    public func models() -> [CachedModel] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.compactMap(RepositoryName.init(cacheFolder:))
            .sorted { $0.description < $1.description }
            .compactMap { model($0) }
    }

    /// The folder with the vocabulary of a model that has none of its own, and whether all is there
    /// that the model needs of it.
    private func tokenizerFolder(for folder: URL) -> (URL?, Bool) {
        guard !FileSelection(SnapshotFiles(folder).paths).hasVocabulary else { return (nil, true) }
        guard let lender = TokenizerOrigin.repository(for: folder) else { return (nil, false) }
        guard let commit = commit(of: lender, revision: "main") else { return (nil, false) }
        let lenderFolder = snapshot(commit, of: lender)
        let hasVocabulary = FileSelection(SnapshotFiles(lenderFolder).paths).hasVocabulary
        return (hasVocabulary ? lenderFolder : nil, hasVocabulary)
    }

    /// The commit that a revision is at, as far as the cache knows.
    func commit(of repository: RepositoryName, revision: String) -> String? {
        if HexadecimalDigits.isCommit(revision) { return revision }
        guard RepositoryPath.isRevision(revision),
            let text = try? String(
                contentsOf: reference(revision, of: repository),
                encoding: .utf8
            )
        else { return nil }
        let commit = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return HexadecimalDigits.isCommit(commit) ? commit : nil
    }

    // MARK: Places

    func place(of repository: RepositoryName) -> URL {
        folder.appending(path: repository.cacheFolder, directoryHint: .isDirectory)
    }

    func reference(_ revision: String, of repository: RepositoryName) -> URL {
        place(of: repository).appending(path: "refs").appending(path: revision)
    }

    func snapshot(_ commit: String, of repository: RepositoryName) -> URL {
        place(of: repository).appending(path: "snapshots")
            .appending(path: commit, directoryHint: .isDirectory)
    }

    func blob(_ etag: String, of repository: RepositoryName) -> URL {
        place(of: repository).appending(path: "blobs").appending(path: etag)
    }

    func absence(of path: String, _ commit: String, in repository: RepositoryName) -> URL {
        place(of: repository).appending(path: ".no_exist/\(commit)").appending(path: path)
    }

    func locks(of repository: RepositoryName) -> URL {
        folder.appending(path: ".locks").appending(path: repository.cacheFolder)
    }
}
