import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What tells whether a catalog's files are the ones that were opened, and whether somebody wrote to
/// them since.
struct CatalogStamp: Equatable, Sendable {
    /// One file, as the file system describes it.
    struct File: Equatable, Sendable {
        var device: UInt64
        var number: UInt64
        var byteCount: Int64
        /// Nanoseconds matter: a checkpoint may end within the second in which the file was opened.
        var seconds: Int64
        var nanoseconds: Int64
    }

    /// `catalog.sqlite`; `nil` when it is not there.
    var catalog: File?
    /// The write-ahead log beside it, which is there while somebody writes.
    var log: File?

    /// Looks at a catalog's files.
    ///
    /// - Parameter path: The catalog.
    init(of path: URL) {
        catalog = Self.file(path.path)
        log = Self.file(path.path + "-wal")
    }

    /// Whether both are of the same file, whatever was written to it.
    func isSameFile(as other: CatalogStamp) -> Bool {
        catalog?.device == other.catalog?.device && catalog?.number == other.catalog?.number
    }

    /// Looks at a file; `nil` when there is none.
    static func file(_ path: String) -> File? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        #if canImport(Darwin)
        let modified = status.st_mtimespec
        #else
        let modified = status.st_mtim
        #endif
        return File(
            device: UInt64(truncatingIfNeeded: status.st_dev),
            number: UInt64(truncatingIfNeeded: status.st_ino),
            byteCount: Int64(status.st_size),
            seconds: Int64(modified.tv_sec),
            nanoseconds: Int64(modified.tv_nsec)
        )
    }
}
