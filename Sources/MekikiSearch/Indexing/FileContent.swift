import Foundation
import MekikiCore

/// A file's bytes with their hash, read once and used for everything.
struct FileContent: Sendable {
    /// The whole file.
    let data: Data

    /// The SHA-256 of `data`.
    let hash: ContentHash

    /// The file's length and time at the moment of reading.
    let stamp: FileStamp

    /// Reads a file; gives `nil` when it is gone.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - maximumSize: The greatest length in bytes.
    /// - Throws: `MekikiError` with a sentence that says what is wrong.
    init?(at location: FileLocation, maximumSize: Int64) throws {
        let path = location.absolutePath
        // The stamp is taken before the bytes: a file that is written to meanwhile then differs from
        // its record, and the next run reads it again.
        guard let status = FileStatus(of: path), status.isRegularFile else { return nil }
        let stamp = status.stamp
        guard stamp.byteCount > 0 else {
            throw MekikiError(.badData, "The file is empty (0 bytes).", subject: path)
        }
        guard stamp.byteCount <= maximumSize else {
            throw MekikiError(
                .badData,
                "The file has \(stamp.byteCount) bytes; the limit is \(maximumSize).",
                subject: path
            )
        }
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            guard access(path, F_OK) == 0 else { return nil }
            throw MekikiError(
                .noInput,
                "The file can't be read; check its permissions.",
                subject: path,
                cause: error
            )
        }
        hash = ContentHash(of: data)
        self.stamp = stamp
    }
}
