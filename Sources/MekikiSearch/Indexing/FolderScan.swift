import Foundation
import MekikiCore

/// The files of a folder and its subfolders that are named like images.
///
/// Hidden files and folders are passed over, and with them macOS's `._` companions. Links are
/// followed, each folder is entered once, so a link to a folder above does no harm.
public struct FolderScan: Sendable {
    /// The absolute path that the files' paths count from, links resolved.
    public let root: String

    /// The parts of the root that were scanned.
    public let scopes: [ScanScope]

    /// The absolute path of the folder that was scanned: the root where there were several.
    public var folder: String {
        scopes.count == 1 ? scopes.map { absolute($0.folder) }.joined() : root
    }

    /// What was found, ordered by path.
    public private(set) var files: [ScannedFile] = []

    /// Folders and files that could not be looked at, with the reason.
    public private(set) var problems: [ScanProblem] = []

    /// The root while it was scanned: another one at the same path is another disk.
    private let rootIdentity: FolderIdentity?

    /// Folders that are not entered again; first of all one that is passed over: the library's own,
    /// whose thumbnails are no images of anyone.
    private var entered: Set<FolderIdentity> = []

    /// What `scopes` cover.
    private let whole: PlaceSet
    private let single: PlaceSet

    /// Scans a folder.
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
        let (root, scope) = try FolderScan.place(folder, within: roots)
        self.init(root: root, [scope], passingOver: excluded)
    }

    /// Scans parts of a root; one that is not there holds no files.
    ///
    /// - Parameters:
    ///   - root: The root's absolute path, links resolved.
    ///   - scopes: The parts.
    ///   - excluded: A folder that is passed over wherever it lies.
    public init(root: String, _ scopes: [ScanScope], passingOver excluded: String? = nil) {
        self.root = root
        self.scopes = scopes
        whole = PlaceSet(scopes.filter(\.isDeep).map(\.folder))
        single = PlaceSet(scopes.filter { !$0.isDeep }.map(\.folder))
        rootIdentity = FileStatus(of: root)?.identity
        if let identity = excluded.flatMap({ FileStatus(of: $0)?.identity }) {
            entered.insert(identity)
        }
        var links: [String] = []
        for scope in scopes { walk(scope.folder, isDeep: scope.isDeep, &links) }
        // Last, so that a folder is listed under its own name rather than a link's.
        var index = 0
        while index < links.count {
            if !leadsIntoRoot(links[index]) { walk(links[index], isDeep: true, &links) }
            index += 1
        }
        if !isInOrder { files.sort { $0.location < $1.location } }
        if !isStillThere { note("", "went away while it was being looked at") }
    }

    /// Whether a file of the root belongs to the part that was scanned.
    ///
    /// - Parameter location: A file under the same root.
    /// - Returns: `true` for every file when the whole root was scanned.
    func covers(_ location: FileLocation) -> Bool {
        whole.holds(location.path) || single.holdsDirectly(location.path)
    }

    /// Whether the root is the folder that was scanned: where a disk was taken away, its empty mount
    /// point is left.
    var isStillThere: Bool {
        guard let rootIdentity else { return false }
        return FileStatus(of: root)?.identity == rootIdentity
    }

    private var isInOrder: Bool {
        zip(files, files.dropFirst()).allSatisfy { $0.location < $1.location }
    }

    /// Adds the image files of a folder, in the order of their paths.
    private mutating func walk(_ start: String, isDeep: Bool, _ links: inout [String]) {
        // From the deepest open folder to the first; those of its entries that were seen are gone.
        var open: [(folder: String, listing: FolderListing, next: Int)] = []
        if let listing = list(start) { open.append((prefix(start), listing, 0)) }
        while let (folder, listing, next) = open.last {
            guard next < listing.entries.count else {
                open.removeLast()
                continue
            }
            open[open.count - 1].next += 1
            let entry = listing.entries[next]
            let path = listing.path(of: entry, in: folder)
            if let stamp = entry.stamp {
                let location = FileLocation(root: root, path: path)
                files.append(ScannedFile(location: location, stamp: stamp))
            } else if entry.isLink {
                if isDeep { links.append(path) }
            } else if isDeep, let listing = list(path) {
                open.append((prefix(path), listing, 0))
            }
        }
    }

    /// What a folder holds; `nil` when it was listed before, is gone, or can't be read.
    private mutating func list(_ folder: String) -> FolderListing? {
        let path = absolute(folder)
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if ![ENOENT, ENOTDIR, ELOOP].contains(errno) {
                note(folder, "can't be read (\(FileStatus.reason))")
            }
            return nil
        }
        guard let identity = FileStatus(of: descriptor)?.identity,
            entered.insert(identity).inserted
        else {
            close(descriptor)
            return nil
        }
        let listing = FolderListing(descriptor, pathLength: path.utf8.count)
        if let interruption = listing.interruption { note(folder, interruption) }
        noteUnreachable(listing, in: folder)
        noteNames(listing, in: folder)
        return listing
    }

    /// One by one as long as they are few: a folder that may be listed and not entered has no other.
    private mutating func noteUnreachable(_ listing: FolderListing, in folder: String) {
        let unreachable = listing.unreachable
        if unreachable.count > 3, let reason = unreachable.first?.reason {
            note(folder, "holds \(unreachable.count) entries of which the first \(reason)")
        } else {
            for (name, reason) in unreachable { note(prefix(folder) + name, reason) }
        }
    }

    private mutating func noteNames(_ listing: FolderListing, in folder: String) {
        func sentence(_ count: Int, _ one: String, _ many: String) -> String {
            count == 1 ? "1 " + one : "\(count) " + many
        }
        if listing.strangeNames > 0 {
            let names = sentence(
                listing.strangeNames,
                "image or folder whose name is not UTF-8; rename it to index it",
                "images or folders whose names are not UTF-8; rename them to index them"
            )
            note(folder, "holds " + names, hidingFiles: false)
        }
        if listing.overlongNames > 0 {
            let names = sentence(
                listing.overlongNames,
                "image or folder whose path is longer than the system takes",
                "images or folders whose paths are longer than the system takes"
            )
            note(
                folder,
                "holds \(names) (\(PATH_MAX - 1) bytes); shorten the names of the folders around",
                hidingFiles: false
            )
        }
    }

    /// Whether a link's folder is one that the root holds under its own name: then it is not listed
    /// under the link's, whichever part of the root is scanned.
    private func leadsIntoRoot(_ link: String) -> Bool {
        guard let resolved = realpath(absolute(link), nil) else { return false }
        defer { free(resolved) }
        let target = String(cString: resolved)
        guard let path = FileLocation.path(of: target, below: root) else { return false }
        // Hidden folders are not entered by their own names.
        return !path.utf8.split(separator: 0x2F).contains { $0.first == 0x2E }
    }

    private func prefix(_ folder: String) -> String { folder.isEmpty ? "" : folder + "/" }

    private func absolute(_ path: String) -> String {
        path.isEmpty ? root : FileLocation(root: root, path: path).absolutePath
    }

    private mutating func note(_ path: String, _ reason: String, hidingFiles: Bool = true) {
        problems.append(
            ScanProblem(
                location: FileLocation(root: root, path: path),
                reason: reason,
                hidesFiles: hidingFiles
            )
        )
    }
}

extension FolderScan {
    /// Where a folder belongs: one inside a known root is a part of it, so that its files are not
    /// listed twice.
    ///
    /// - Parameters:
    ///   - folder: The folder; a relative path counts from the working directory.
    ///   - roots: Absolute paths of folders that the catalog knows.
    /// - Returns: The root, and the part of it.
    /// - Throws: `MekikiError` with code `noInput`, as ``resolve(_:)``.
    static func place(
        _ folder: String,
        within roots: [String]
    ) throws -> (root: String, scope: ScanScope) {
        let path = try resolve(folder)
        let around = roots.filter { FileLocation.contains($0, path) }
        let root = around.min { $0.utf8.count < $1.utf8.count } ?? path
        let subfolder = FileLocation.path(of: path, below: root) ?? ""
        return (root, ScanScope(folder: subfolder, isDeep: true))
    }

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
