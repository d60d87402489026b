import Foundation
import MekikiCore

/// The files of a folder and its subfolders that are named like images.
///
/// Hidden files and folders are passed over, and with them macOS's `._` companions. Links are
/// followed, each folder is entered once, so a link to a folder above does no harm.
public struct FolderScan: Sendable {
    /// The absolute path that the files' paths count from, links resolved.
    public let root: String

    /// The part of the root that was scanned: empty for all of it, else a path below it.
    public let subfolder: String

    /// The absolute path of the folder that was scanned.
    public var folder: String { absolute(subfolder) }

    /// What was found, ordered by path.
    public private(set) var files: [ScannedFile] = []

    /// Folders and files that could not be looked at, with the reason.
    public private(set) var problems: [Problem] = []

    /// A place that could not be looked at.
    public struct Problem: Hashable, Sendable {
        /// Where it is.
        public var location: FileLocation

        /// Why it could not be looked at, in a sentence.
        public var reason: String
    }

    /// Scans a folder.
    ///
    /// A folder inside one of `roots` is scanned as a part of that root, so that its files are not
    /// listed twice.
    ///
    /// - Parameters:
    ///   - folder: The folder; a relative path counts from the working directory.
    ///   - roots: Absolute paths of folders that the catalog knows.
    /// - Throws: `MekikiError` with code `noInput` when it is absent, not a folder, or unreadable.
    /// - Complexity: O(n log n) in the number of entries; each is asked for its status once.
    public init(_ folder: String, within roots: [String] = []) throws {
        let path = try FolderScan.resolve(folder)
        root = roots.filter { FolderScan.contains($0, path) }.min { $0.count < $1.count } ?? path
        subfolder = root == path ? "" : String(path.dropFirst(root == "/" ? 1 : root.count + 1))
        walk()
        files.sort { $0.location < $1.location }
    }

    /// What identifies a folder whatever its name, so that none is entered twice.
    private struct FolderIdentity: Hashable {
        var device: UInt64
        var inode: UInt64
    }

    private mutating func walk() {
        var pending = [subfolder]
        var entered: Set<FolderIdentity> = []
        while let folder = pending.popLast() {
            let path = absolute(folder)
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            let identity = FolderIdentity(
                device: UInt64(truncatingIfNeeded: status.st_dev),
                inode: UInt64(truncatingIfNeeded: status.st_ino)
            )
            guard entered.insert(identity).inserted else { continue }
            pending.append(contentsOf: list(folder))
        }
    }

    /// Adds a folder's image files, and returns its subfolders.
    private mutating func list(_ folder: String) -> [String] {
        guard let directory = opendir(absolute(folder)) else {
            note(folder, "The folder can't be read (\(FolderScan.reason(errno))).")
            return []
        }
        defer { closedir(directory) }
        var subfolders: [String] = []
        while let entry = readdir(directory) {
            let name = FolderScan.name(of: entry)
            guard let name else {
                note(folder, "It holds a name that is not UTF-8; rename that file to index it.")
                continue
            }
            if name.hasPrefix(".") { continue }
            let path = folder.isEmpty ? name : folder + "/" + name
            var status = stat()
            // A file that vanished since it was listed, or a link that leads nowhere.
            guard stat(absolute(path), &status) == 0 else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                subfolders.append(path)
            case S_IFREG where FolderScan.isNamedLikeAnImage(name):
                files.append(
                    ScannedFile(
                        location: FileLocation(root: root, path: path),
                        stamp: FolderScan.stamp(status)
                    )
                )
            default:
                continue
            }
        }
        return subfolders
    }

    private func absolute(_ path: String) -> String {
        path.isEmpty ? root : FileLocation(root: root, path: path).absolutePath
    }

    private mutating func note(_ path: String, _ reason: String) {
        problems.append(Problem(location: FileLocation(root: root, path: path), reason: reason))
    }
}

extension FolderScan {
    /// A folder's absolute path, links resolved.
    ///
    /// - Parameter folder: The folder; a relative path counts from the working directory.
    /// - Returns: The path.
    /// - Throws: `MekikiError` with code `noInput` when it is absent, not a folder, or unreadable.
    static func resolve(_ folder: String) throws -> String {
        guard let resolved = realpath(folder, nil) else {
            throw MekikiError(
                .noInput,
                "There is no such folder, or it can't be reached (\(FolderScan.reason(errno))). "
                    + "Nothing was changed in the library.",
                subject: folder
            )
        }
        let path = String(cString: resolved)
        free(resolved)
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw MekikiError(
                .noInput,
                "This is not a folder. Name the folder that holds it.",
                subject: folder
            )
        }
        guard access(path, R_OK | X_OK) == 0 else {
            throw MekikiError(
                .noInput,
                "This folder can't be read (\(FolderScan.reason(errno))).",
                subject: folder
            )
        }
        return path
    }

    /// Whether a folder lies strictly inside another.
    ///
    /// - Parameters:
    ///   - outer: An absolute path.
    ///   - inner: An absolute path.
    /// - Returns: `false` for equal paths.
    static func contains(_ outer: String, _ inner: String) -> Bool {
        inner != outer && inner.hasPrefix(outer == "/" ? "/" : outer + "/")
    }

    /// Whether a file of the root belongs to the part that was scanned.
    ///
    /// - Parameter location: A file under the same root.
    /// - Returns: `true` for every file when the whole root was scanned.
    func covers(_ location: FileLocation) -> Bool {
        subfolder.isEmpty || location.path.hasPrefix(subfolder + "/")
    }

    /// A file's length and modification time, asked of the file system anew.
    ///
    /// - Parameter path: The file's absolute path.
    /// - Returns: `nil` when there is no such file any more.
    static func stamp(ofFileAt path: String) -> FileStamp? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return stamp(status)
    }

    private static func stamp(_ status: stat) -> FileStamp {
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        return FileStamp(
            byteCount: Int64(status.st_size),
            modifiedAt: Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec)
        )
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            let capacity = MemoryLayout.size(ofValue: tuple.pointee)
            return tuple.withMemoryRebound(to: CChar.self, capacity: capacity) {
                String(validatingCString: $0)
            }
        }
    }

    private static func isNamedLikeAnImage(_ name: String) -> Bool {
        guard let dot = name.lastIndex(of: ".") else { return false }
        return ImageFormat.fileExtensions.contains(name[name.index(after: dot)...].lowercased())
    }

    private static func reason(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
