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
    public private(set) var problems: [ScanProblem] = []

    /// A folder that is passed over: the library's own, whose thumbnails are no images of anyone.
    private let passedOver: FolderIdentity?

    /// Scans a folder.
    ///
    /// A folder inside one of `roots` is scanned as a part of that root, so that its files are not
    /// listed twice.
    ///
    /// - Parameters:
    ///   - folder: The folder; a relative path counts from the working directory.
    ///   - roots: Absolute paths of folders that the catalog knows.
    ///   - excluded: A folder that is passed over wherever it lies.
    /// - Throws: `MekikiError` with code `noInput` when it is absent, not a folder, or unreadable.
    /// - Complexity: O(n log n) in the number of entries; each is asked for its status once.
    public init(
        _ folder: String,
        within roots: [String] = [],
        passingOver excluded: String? = nil
    ) throws {
        let path = try FolderScan.resolve(folder)
        let around = roots.filter { FileLocation.contains($0, path) }
        root = around.min { $0.utf8.count < $1.utf8.count } ?? path
        subfolder =
            FileLocation(root: path, path: "").moved(under: root)
            .map { String($0.path.dropLast()) } ?? ""
        passedOver = excluded.flatMap { FileStatus(of: $0)?.identity }
        walk()
        files.sort { $0.location < $1.location }
    }

    /// Whether a file of the root belongs to the part that was scanned.
    ///
    /// - Parameter location: A file under the same root.
    /// - Returns: `true` for every file when the whole root was scanned.
    func covers(_ location: FileLocation) -> Bool {
        subfolder.isEmpty || location.path.utf8.starts(with: (subfolder + "/").utf8)
    }

    private mutating func walk() {
        var pending = [subfolder]
        var entered: Set<FolderIdentity> = []
        if let passedOver { entered.insert(passedOver) }
        while let folder = pending.popLast() {
            guard let identity = FileStatus(of: absolute(folder))?.identity else {
                if errno != ENOENT { note(folder, "can't be reached (\(FileStatus.reason))") }
                continue
            }
            guard entered.insert(identity).inserted else { continue }
            pending.append(contentsOf: list(folder))
        }
    }

    /// Adds a folder's image files, and returns its subfolders.
    private mutating func list(_ folder: String) -> [String] {
        guard let directory = opendir(absolute(folder)) else {
            note(folder, "can't be read (\(FileStatus.reason))")
            return []
        }
        defer { closedir(directory) }
        var subfolders: [String] = []
        var strangeNames = 0
        while true {
            errno = 0
            guard let entry = readdir(directory) else { break }
            let name = EntryName(entry)
            if name.isHidden { continue }
            guard let exact = name.exact else {
                if name.isImageLike { strangeNames += 1 }
                continue
            }
            let path = folder.isEmpty ? exact : folder + "/" + exact
            guard let status = FileStatus(of: absolute(path)) else {
                // Vanished since it was listed, or a link that leads nowhere or around in circles.
                if ![ENOENT, ENOTDIR, ELOOP].contains(errno) {
                    note(path, "can't be looked at (\(FileStatus.reason))")
                }
                continue
            }
            if status.isFolder {
                subfolders.append(path)
            } else if status.isRegularFile, name.isImageLike {
                let location = FileLocation(root: root, path: path)
                files.append(ScannedFile(location: location, stamp: status.stamp))
            }
        }
        if errno != 0 { note(folder, "can't be read to its end (\(FileStatus.reason))") }
        if strangeNames > 0 {
            let count = strangeNames == 1 ? "1 image" : "\(strangeNames) images"
            problems.append(
                ScanProblem(
                    location: FileLocation(root: root, path: folder),
                    reason: "holds \(count) whose names are not UTF-8; rename them to index them",
                    hidesFiles: false
                )
            )
        }
        return subfolders
    }

    private func absolute(_ path: String) -> String {
        path.isEmpty ? root : FileLocation(root: root, path: path).absolutePath
    }

    private mutating func note(_ path: String, _ reason: String) {
        problems.append(
            ScanProblem(
                location: FileLocation(root: root, path: path),
                reason: reason,
                hidesFiles: true
            )
        )
    }
}

extension FolderScan {
    /// A folder's absolute path, links resolved.
    ///
    /// - Parameter folder: The folder; a relative path counts from the working directory.
    /// - Returns: The path.
    /// - Throws: `MekikiError` with code `noInput` when it is absent, not a folder, or unreadable.
    public static func resolve(_ folder: String) throws -> String {
        guard let resolved = realpath(folder, nil) else {
            throw MekikiError(
                .noInput,
                "There is no such folder, or it can't be reached (\(FileStatus.reason)). Nothing "
                    + "was changed. To forget images that were indexed there: mekiki remove PATH.",
                subject: folder
            )
        }
        let path = String(cString: resolved)
        free(resolved)
        guard FileStatus(of: path)?.isFolder == true else {
            throw MekikiError(
                .noInput,
                "This is not a folder. Name the folder that holds it.",
                subject: folder
            )
        }
        guard access(path, R_OK | X_OK) == 0 else {
            throw MekikiError(
                .noInput,
                "This folder can't be read (\(FileStatus.reason)).",
                subject: folder
            )
        }
        return path
    }
}
