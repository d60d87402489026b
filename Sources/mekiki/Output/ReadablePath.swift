import Foundation
import MekikiKit

/// A file's path as a person would type it: below the working folder, below home, or absolute.
enum ReadablePath {
    /// The shortest path that opens the file from here.
    ///
    /// - Parameter location: The file.
    /// - Returns: A path.
    static func of(_ location: FileLocation) -> String {
        of(
            location.absolutePath,
            from: FileManager.default.currentDirectoryPath,
            home: LibraryFolder.home()
        )
    }

    /// The shortest path that opens a file from a folder.
    ///
    /// - Parameters:
    ///   - path: The file's absolute path.
    ///   - folder: The working folder.
    ///   - home: The home folder.
    /// - Returns: A relative path, one that begins with `~`, or the absolute one.
    static func of(_ path: String, from folder: String, home: String) -> String {
        for (around, prefix) in [(folder, ""), (home, "~/")] where around != "/" {
            if FileLocation.contains(around, path) {
                return prefix + String(Substring(path.utf8.dropFirst(around.utf8.count + 1)))
            }
        }
        return path
    }
}
