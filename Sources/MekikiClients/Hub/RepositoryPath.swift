/// Rules for what becomes a path on this machine and was named by another.
enum RepositoryPath {
    /// Whether a file's path stays below its folder.
    ///
    /// - Parameter path: A path in a repository.
    /// - Returns: `false` for absolute paths, for `..`, and for what no file is named.
    static func isSafe(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count <= 16
            && parts.allSatisfy { part in
                !part.isEmpty && part != "." && part != ".." && part.utf8.count <= 255
                    && part.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }
            }
    }

    /// Whether a text may be a revision: a branch, a tag, a commit, or `refs/pr/1`.
    ///
    /// - Parameter text: What a person named.
    /// - Returns: `false` for what could be no path in `refs`.
    static func isRevision(_ text: String) -> Bool {
        isSafe(text) && text.utf8.count <= 200 && !text.hasPrefix("-")
    }
}
