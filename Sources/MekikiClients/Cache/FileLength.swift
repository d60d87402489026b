import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The length of files.
enum FileLength {
    /// A file's length.
    ///
    /// - Parameter file: The file; links are followed.
    /// - Returns: Bytes; `nil` when there is no file.
    static func of(_ file: URL) -> Int64? {
        var status = stat()
        guard stat(file.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int64(status.st_size)
    }
}
