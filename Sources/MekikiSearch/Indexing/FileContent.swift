import Foundation
import MekikiCore

/// A file's bytes with their hash, read once and used for everything.
struct FileContent: Sendable {
    /// The whole file.
    let data: Data

    /// The SHA-256 of `data`.
    let hash: ContentHash

    /// The file's length, time and number at the moment of opening.
    let stamp: FileStamp

    /// Reads a file; gives `nil` when it is gone.
    ///
    /// The bytes are copied into memory: a mapped file that somebody shortens meanwhile would end the
    /// program.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - maximumSize: The greatest length in bytes.
    /// - Throws: `MekikiError` with a sentence that says what is wrong.
    init?(at location: FileLocation, maximumSize: Int64) throws {
        let path = location.absolutePath
        // Without waiting: what was a file may be a pipe by now.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return nil }
            throw Self.unreadable(path)
        }
        defer { close(descriptor) }
        // The stamp is taken before the bytes: a file that is written to meanwhile then differs from
        // its record, and the next run reads it again.
        guard let status = FileStatus(of: descriptor), status.isRegularFile else { return nil }
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
        data = try Self.read(descriptor, Int(stamp.byteCount), path)
        hash = ContentHash(of: data)
        self.stamp = stamp
    }

    /// Reads an open file into memory that nobody filled with zeros before.
    private static func read(_ descriptor: Int32, _ count: Int, _ path: String) throws -> Data {
        guard let bytes = malloc(count) else {
            throw MekikiError(
                .unavailable,
                "There is not enough memory to read this file.",
                subject: path
            )
        }
        var done = 0
        while done < count {
            let step = Foundation.read(descriptor, bytes + done, count - done)
            if step < 0, errno == EINTR { continue }
            guard step >= 0 else {
                let error = unreadable(path)
                free(bytes)
                throw error
            }
            // Shortened meanwhile: what is left is decoded, and most likely found to end too early.
            if step == 0 { break }
            done += step
        }
        return Data(bytesNoCopy: bytes, count: done, deallocator: .free)
    }

    private static func unreadable(_ path: String) -> MekikiError {
        let reason = FileStatus.reason
        let remedy = errno == EACCES || errno == EPERM ? "; check its permissions" : ""
        return MekikiError(.noInput, "The file can't be read (\(reason))\(remedy).", subject: path)
    }
}
