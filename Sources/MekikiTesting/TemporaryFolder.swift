import Foundation
import MekikiCore

/// A new, empty folder that goes with this object.
public final class TemporaryFolder: Sendable {
    /// The folder.
    public let url: URL

    /// Makes the folder.
    ///
    /// - Throws: What the file system throws.
    public init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("mekiki-test-\(UUID().uuidString)", isDirectory: true)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The folder's absolute path, without a slash at its end.
    public var path: String {
        let path = url.path
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Names a file in the folder.
    ///
    /// - Parameter path: The path below the folder.
    /// - Returns: The file's place.
    public func file(_ path: String) -> URL { url.appendingPathComponent(path) }

    /// Writes a file, and the folders above it.
    ///
    /// - Parameters:
    ///   - data: What the file will hold.
    ///   - path: The path below the folder.
    /// - Returns: The file's place.
    /// - Throws: What the file system throws.
    @discardableResult
    public func write(_ data: Data, to path: String) throws -> URL {
        let file = file(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
        return file
    }
}
