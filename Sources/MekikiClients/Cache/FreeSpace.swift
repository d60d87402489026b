import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How much room a file system has.
enum FreeSpace {
    /// The bytes that this user may still write.
    ///
    /// - Parameter place: A folder on it.
    /// - Returns: `nil` where the system doesn't tell.
    static func bytes(at place: URL) -> Int64? {
        var status = statvfs()
        guard statvfs(place.path, &status) == 0, status.f_blocks > 0 else { return nil }
        let (bytes, overflow) = UInt64(status.f_bavail)
            .multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? nil : Int64(clamping: bytes)
    }
}
