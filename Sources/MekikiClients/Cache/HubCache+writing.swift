import Foundation
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension HubCache {
    /// Makes the folders of a commit, and marks the cache as one, so that backups leave it out.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - commit: The commit.
    /// - Throws: `MekikiError` with code `cannotCreate`.
    func prepare(_ repository: RepositoryName, _ commit: String) throws {
        let place = place(of: repository)
        for folder in [
            place.appending(path: "blobs"), place.appending(path: "refs"),
            snapshot(commit, of: repository), locks(of: repository),
        ] {
            try makeFolder(folder)
        }
        let tag = folder.appending(path: "CACHEDIR.TAG")
        if !FileManager.default.fileExists(atPath: tag.path) {
            // Only a kindness to backups.
            try? Data(Self.tag.utf8).write(to: tag, options: .withoutOverwriting)
        }
    }

    /// Puts a content under its file's name.
    ///
    /// - Parameters:
    ///   - path: The file's path in the repository.
    ///   - etag: The content's name.
    ///   - commit: The commit.
    ///   - repository: The repository.
    /// - Throws: `MekikiError` when it can't be done.
    func link(_ path: String, to etag: String, _ commit: String, of repository: RepositoryName)
        throws
    {
        guard RepositoryPath.isSafe(path) else {
            throw MekikiError(
                .badData,
                "“\(path)” is no name for a file of a model.",
                subject: repository.description
            )
        }
        let pointer = snapshot(commit, of: repository).appending(path: path)
        try makeFolder(pointer.deletingLastPathComponent())
        let climb = String(repeating: "../", count: path.split(separator: "/").count + 1)
        let blob = blob(etag, of: repository)
        // Made beside and renamed, so that the name always names something.
        let unfinished = unfinishedFile(of: repository)
        if symlink("\(climb)blobs/\(etag)", unfinished.path) == 0 {
            guard rename(unfinished.path, pointer.path) == 0 else {
                let code = errno
                unlink(unfinished.path)
                throw CacheFailure.error(code, at: pointer)
            }
            return
        }
        // A file system without links holds the content itself under the name, as Python's client
        // has it there.
        guard [EPERM, ENOTSUP, ENOSYS, EOPNOTSUPP].contains(errno) else {
            throw CacheFailure.error(errno, at: pointer)
        }
        guard rename(blob.path, pointer.path) == 0 else {
            throw CacheFailure.error(errno, at: pointer)
        }
    }

    /// Notes the commit that a revision is at.
    ///
    /// Comes last, so that a revision that is known is there.
    ///
    /// - Parameters:
    ///   - revision: A branch or a tag; a commit needs no note.
    ///   - commit: Its commit.
    ///   - repository: The repository.
    /// - Throws: `MekikiError` when it can't be written.
    func note(_ revision: String, at commit: String, of repository: RepositoryName) throws {
        guard revision != commit, self.commit(of: repository, revision: revision) != commit else {
            return
        }
        let file = reference(revision, of: repository)
        try makeFolder(file.deletingLastPathComponent())
        let unfinished = unfinishedFile(of: repository)
        do {
            try Data(commit.utf8).write(to: unfinished)
        } catch {
            throw CacheFailure.error(error, at: file)
        }
        guard rename(unfinished.path, file.path) == 0 else {
            throw CacheFailure.error(errno, at: file)
        }
    }

    /// Notes that a commit has no file of a name, so that programs don't ask for it.
    ///
    /// - Parameters:
    ///   - path: The name.
    ///   - commit: The commit.
    ///   - repository: The repository.
    func noteAbsence(of path: String, _ commit: String, in repository: RepositoryName) {
        let file = absence(of: path, commit, in: repository)
        guard RepositoryPath.isSafe(path),
            (try? makeFolder(file.deletingLastPathComponent())) != nil
        else { return }
        // Only saves a question.
        try? Data().write(to: file)
    }

    private func makeFolder(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw CacheFailure.error(error, at: folder)
        }
    }

    /// A name for what isn't finished: among the locks, where nobody looks for files of a model.
    private func unfinishedFile(of repository: RepositoryName) -> URL {
        locks(of: repository).appending(path: "\(UUID().uuidString).unfinished")
    }

    private static let tag = """
        Signature: 8a477f597d28d172789f06886806bc55
        # A cache directory, after https://bford.info/cachedir/: it can be fetched again.

        """
}
