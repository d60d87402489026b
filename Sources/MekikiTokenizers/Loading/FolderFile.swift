import Foundation
import MekikiCore

/// Reading of a model folder's small files.
enum FolderFile {
    static func exists(_ name: String, in folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }

    static func bytes(of url: URL) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read. Check that it exists and that you may read it.",
                subject: url.path,
                cause: error
            )
        }
    }
}
