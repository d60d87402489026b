import Foundation
import MekikiCore

/// What one folder holds: its subfolders and the files that are named like images, ordered as paths
/// are.
///
/// Entries are asked for their status relative to the open folder, and only those that count:
/// walking a whole path again for each costs more than all the rest. Names stay bytes until they
/// become part of a path.
struct FolderListing {
    /// An image file, a subfolder, or a link to a folder.
    struct Entry {
        /// Where the name lies in `names`; a folder's ends with a slash.
        fileprivate var name: Range<Int>

        /// The file's stamp; `nil` for a folder.
        var stamp: FileStamp?

        /// Whether the entry is a link: its folder has a name of its own somewhere.
        var isLink: Bool
    }

    /// The entries in the order of their paths.
    private(set) var entries: [Entry] = []

    /// Names that could not be looked at, with the reason.
    private(set) var unreachable: [(name: String, reason: String)] = []

    /// Images whose names are not UTF-8, and so have no place in a catalog.
    private(set) var strangeNames = 0

    /// Images and folders whose paths would be longer than the system takes.
    private(set) var overlongNames = 0

    /// Why the listing ended before the folder did; `nil` when it is whole.
    private(set) var interruption: String?

    private var names: [UInt8] = []
    private let onlyFolders: Bool

    /// Lists a folder.
    ///
    /// - Parameters:
    ///   - descriptor: The open folder, which this closes.
    ///   - pathLength: The bytes of its absolute path.
    ///   - onlyFolders: Whether files are left out.
    init(_ descriptor: Int32, pathLength: Int, onlyFolders: Bool = false) {
        self.onlyFolders = onlyFolders
        guard let folder = fdopendir(descriptor) else {
            interruption = "can't be read (\(FileStatus.reason))"
            close(descriptor)
            return
        }
        defer { closedir(folder) }
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            add(entry, in: descriptor, pathLength: pathLength)
        }
        if errno != 0 { interruption = "can't be read to its end (\(FileStatus.reason))" }
        names.withUnsafeBufferPointer { names in
            entries.sort { names[$0.name].lexicographicallyPrecedes(names[$1.name]) }
        }
    }

    /// An entry's path, `nil` when its name is not UTF-8.
    ///
    /// - Parameters:
    ///   - entry: An entry of this listing.
    ///   - folder: The folder's path, with a slash at its end unless it is empty.
    /// - Returns: The path, without a slash at its end.
    func path(of entry: Entry, in folder: String) -> String {
        let end = entry.name.upperBound - (entry.stamp == nil ? 1 : 0)
        // Checked when the entry was added.
        return folder + String(decoding: names[entry.name.lowerBound..<end], as: UTF8.self)
    }

    private mutating func add(
        _ entry: UnsafeMutablePointer<dirent>,
        in folder: Int32,
        pathLength: Int
    ) {
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            let capacity = MemoryLayout.size(ofValue: tuple.pointee)
            tuple.withMemoryRebound(to: CChar.self, capacity: capacity) { name in
                // Hidden, and with them macOS's `._` companions.
                guard name[0] != 0x2E else { return }
                let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
                switch Int32(entry.pointee.d_type) {
                case Int32(DT_REG):
                    guard !onlyFolders, Self.isImageLike(bytes) else { return }
                    add(name, bytes, isLink: false, in: folder, pathLength)
                case Int32(DT_DIR):
                    addFolder(bytes, isLink: false, pathLength)
                case Int32(DT_LNK):
                    add(name, bytes, isLink: true, in: folder, pathLength)
                case Int32(DT_UNKNOWN):
                    // File systems may leave the kind open.
                    var status = stat()
                    let isLink =
                        fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
                        && status.st_mode & S_IFMT == S_IFLNK
                    add(name, bytes, isLink: isLink, in: folder, pathLength)
                default:
                    // Pipes, sockets and devices.
                    return
                }
            }
        }
    }

    /// Adds an entry that is a file or may be a folder, as its status says.
    private mutating func add(
        _ name: UnsafePointer<CChar>,
        _ bytes: UnsafeRawBufferPointer,
        isLink: Bool,
        in folder: Int32,
        _ pathLength: Int
    ) {
        guard let status = FileStatus(of: name, in: folder) else {
            // Vanished since it was listed, or a link that leads nowhere or around in circles.
            if ![ENOENT, ENOTDIR, ELOOP].contains(errno) {
                let reason = "can't be looked at (\(FileStatus.reason))"
                unreachable.append((String(decoding: bytes, as: UTF8.self), reason))
            }
            return
        }
        if status.isFolder {
            addFolder(bytes, isLink: isLink, pathLength)
        } else if !onlyFolders, status.isRegularFile, Self.isImageLike(bytes) {
            guard canBeNamed(bytes, pathLength) else { return }
            let start = names.count
            names.append(contentsOf: bytes)
            entries.append(
                Entry(name: start..<names.count, stamp: status.stamp, isLink: isLink)
            )
        }
    }

    /// Whether a name is text and its path short enough; counts those that are not.
    private mutating func canBeNamed(_ bytes: UnsafeRawBufferPointer, _ pathLength: Int) -> Bool {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            strangeNames += 1
            return false
        }
        guard pathLength + 1 + bytes.count < PATH_MAX else {
            overlongNames += 1
            return false
        }
        return true
    }

    private mutating func addFolder(
        _ bytes: UnsafeRawBufferPointer,
        isLink: Bool,
        _ pathLength: Int
    ) {
        // What lies in a folder that can't be named can't be named either.
        guard canBeNamed(bytes, pathLength) else { return }
        let start = names.count
        names.append(contentsOf: bytes)
        // `a/x` comes after `a.png`: a folder is ordered with its slash.
        names.append(0x2F)
        entries.append(Entry(name: start..<names.count, stamp: nil, isLink: isLink))
    }

    private static let endings: Set<[UInt8]> = Set(
        ImageFormat.fileExtensions.map { Array($0.utf8) }
    )

    private static let longestEnding = endings.map(\.count).max() ?? 0

    /// Whether a name ends like an image's, in any case.
    static func isImageLike(_ name: UnsafeRawBufferPointer) -> Bool {
        let tail = name.suffix(longestEnding + 1)
        guard let dot = tail.lastIndex(of: 0x2E) else { return false }
        let ending = tail[(dot + 1)...].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return endings.contains(ending)
    }
}
