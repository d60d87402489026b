import Foundation
import MekikiCore

/// A file that is mapped to be read.
///
/// Pages are read when they are touched and dropped when memory is short. Files of vectors are
/// replaced and removed, never rewritten, so that a mapping stays what it was.
final class MappedMemory: SealedMemory, @unchecked Sendable {
    /// Maps a file.
    ///
    /// - Parameter file: The file.
    /// - Throws: `MekikiError` when it can't be opened or mapped, or is empty.
    init(_ file: URL) throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error("opened", file) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size > 0
        else {
            throw MekikiError(.badData, "This is not a file of vectors.", subject: file.path)
        }
        let size = Int(status.st_size)
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0),
            start != MAP_FAILED
        else { throw Self.error("mapped", file) }
        super.init(start: start, size: size)
    }

    deinit { munmap(start, size) }

    private static func error(_ verb: String, _ file: URL) -> MekikiError {
        let reason = String(cString: strerror(errno))
        return MekikiError(
            .inputOutput,
            "The file can't be \(verb): \(reason).",
            subject: file.path
        )
    }
}
