import Foundation
import MekikiCore

/// Reading of a model folder's small JSON files.
enum FolderJSON {
    /// Reads a file, if the folder has it.
    ///
    /// - Parameters:
    ///   - name: Its path in the folder.
    ///   - folder: The folder.
    /// - Returns: What it holds, `nil` when there is no such file.
    /// - Throws: `MekikiError` with code `badData` when it has another form.
    static func read<Value: Decodable>(_ name: String, in folder: URL) throws -> Value? {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else { return nil }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(contentsOf: url))
        } catch {
            throw MekikiError(
                .badData,
                "The file can't be read, or has an unexpected form. Fetch the model again.",
                subject: url.path,
                cause: error
            )
        }
    }
}
