import Foundation
import MekikiCore

/// An image's own file, opened for reading.
///
/// The file that is opened is the one that was indexed: what stands in its place by now, a link to
/// somewhere else or a newer picture, is not given out under the image's number. It is told by its
/// length and its modification time, as everywhere: who can write to the folder and sets both to the
/// nanosecond can show another file. The file stays the same for as long as this object lives,
/// whatever happens to its name.
public final class OriginalFile: Sendable {
    /// The file's name, without its folder.
    public let name: String

    /// Its length.
    public let byteCount: Int

    private let descriptor: Int32

    /// Opens the first of an image's files that is there and unchanged.
    ///
    /// - Parameters:
    ///   - files: The image's files.
    ///   - id: The image, for the message.
    /// - Throws: `MekikiError`: `noInput` when there is none, `unavailable` when the process has too
    ///   many files open.
    public init(_ files: [FileRecord], of id: ImageID) throws {
        for file in files {
            // Without waiting: what was a file may be a pipe by now.
            let descriptor = open(file.location.absolutePath, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                guard errno != EMFILE, errno != ENFILE else {
                    throw MekikiError(
                        .unavailable,
                        "Too many files are open at once. Try again in a moment."
                    )
                }
                continue
            }
            if let status = FileStatus(of: descriptor), status.isRegularFile,
                status.stamp.agrees(with: file.stamp)
            {
                self.descriptor = descriptor
                byteCount = Int(file.stamp.byteCount)
                name = file.location.name
                return
            }
            close(descriptor)
        }
        throw MekikiError(
            .noInput,
            "The image's file is gone, or has changed since it was indexed. "
                + "Run `mekiki index` on its folder.",
            subject: "image \(id)"
        )
    }

    deinit { close(descriptor) }

    /// Reads bytes; call it from a thread that may wait for a disk.
    ///
    /// - Parameter range: Positions in the file.
    /// - Returns: The bytes, fewer only when the file was shortened meanwhile.
    /// - Throws: `MekikiError` with code `inputOutput`.
    public func read(_ range: Range<Int>) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let result = pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: count),
                    range.count - count,
                    off_t(range.lowerBound + count)
                )
                if result < 0 {
                    if errno == EINTR { continue }
                    throw MekikiError(
                        .inputOutput,
                        "The file can't be read to its end (\(FileStatus.reason)).",
                        subject: name
                    )
                }
                if result == 0 { return }
                count += result
            }
        }
    }
}
