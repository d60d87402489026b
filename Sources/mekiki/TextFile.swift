import Foundation
import MekikiKit

/// Text files that a person wrote.
enum TextFile {
    /// Reads a file.
    ///
    /// - Parameter path: The file.
    /// - Returns: Its text.
    /// - Throws: `MekikiError`: `noInput` when it can't be read, `badData` when it is no UTF-8.
    static func read(_ path: String) throws -> String {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw MekikiError(
                .noInput,
                "The file can't be read. Check its name and its permissions.",
                subject: path,
                cause: error
            )
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MekikiError(
                .badData,
                "This is no text in UTF-8. Save it in that encoding.",
                subject: path
            )
        }
        return text
    }
}
