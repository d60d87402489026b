import Foundation
import MekikiCore

/// What the file system says of a path, links followed.
struct FileStatus {
    private let status: stat

    /// Asks for a path's status; gives `nil` when it can't be had, and `errno` says why.
    ///
    /// - Parameter path: An absolute path.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.status = status
    }

    /// Asks for an open file's status.
    ///
    /// - Parameter descriptor: The open file.
    init?(of descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    /// Asks for the status of a folder's entry, links followed; the path is not walked again.
    ///
    /// - Parameters:
    ///   - name: The entry's name, ended by a NUL.
    ///   - folder: The open folder.
    init?(of name: UnsafePointer<CChar>, in folder: Int32) {
        var status = stat()
        guard fstatat(folder, name, &status, 0) == 0 else { return nil }
        self.status = status
    }

    var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }

    var isRegularFile: Bool { status.st_mode & S_IFMT == S_IFREG }

    var identity: FolderIdentity {
        FolderIdentity(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            inode: UInt64(truncatingIfNeeded: status.st_ino)
        )
    }

    var stamp: FileStamp {
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        // Nanoseconds fit until 2262; a clock that was wrong may have written any year.
        let (seconds, isTooFar) = Int64(modified.tv_sec).multipliedReportingOverflow(
            by: 1_000_000_000
        )
        let (sum, isBeyond) = seconds.addingReportingOverflow(Int64(modified.tv_nsec))
        return FileStamp(
            byteCount: Int64(status.st_size),
            modifiedAt: isTooFar || isBeyond ? (modified.tv_sec < 0 ? .min : .max) : sum,
            inode: UInt64(truncatingIfNeeded: status.st_ino)
        )
    }

    /// The system's words for the latest failure.
    static var reason: String { String(cString: strerror(errno)).lowercased() }
}
