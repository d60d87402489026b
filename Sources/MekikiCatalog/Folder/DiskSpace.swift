import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much room there is.
enum DiskSpace {
    /// Whether a file system has no room left for even a small file.
    ///
    /// - Parameter place: A file or folder on it; where it is absent, the folder above.
    /// - Returns: `false` also where the system doesn't tell.
    static func isExhausted(at place: URL) -> Bool {
        var status = statvfs()
        guard
            statvfs(place.path, &status) == 0
                || statvfs(place.deletingLastPathComponent().path, &status) == 0
        else { return false }
        let bytes = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        // File systems that don't count their files give 0 of 0.
        return bytes < 1 << 16 || (status.f_files > 0 && status.f_favail == 0)
    }

    /// Whether an error of the system says that there is no room.
    static func isExhaustion(_ code: Int32) -> Bool {
        code == ENOSPC || code == EDQUOT || code == EFBIG
    }
}
