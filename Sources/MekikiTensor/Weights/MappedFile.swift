import Foundation
import MekikiCore

/// A file mapped into memory, read-only, for as long as this object lives.
///
/// Pages are read when they are touched and dropped when memory is short. A file that another
/// process truncates while it is mapped ends this process: models are replaced, never rewritten.
public final class MappedFile {
    /// The file.
    public let url: URL

    /// Its bytes.
    public let bytes: UnsafeRawBufferPointer

    /// Maps a file.
    ///
    /// - Parameter url: The file.
    /// - Throws: `MekikiError` with code `noInput` when it can't be opened, `inputOutput` when it
    ///   can't be mapped.
    public init(_ url: URL) throws {
        self.url = url
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MekikiError(
                .noInput,
                "The file can't be opened: \(Self.reason(errno)).",
                subject: url.path
            )
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw MekikiError(.noInput, "This is not a regular file.", subject: url.path)
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            // An empty mapping is not allowed, and an empty file has nothing to map.
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            memory != MAP_FAILED
        else {
            throw MekikiError(
                .inputOutput,
                "The file can't be mapped: \(Self.reason(errno)).",
                subject: url.path
            )
        }
        bytes = UnsafeRawBufferPointer(start: memory, count: size)
    }

    deinit {
        guard let base = bytes.baseAddress else { return }
        munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
    }

    private static func reason(_ number: Int32) -> String {
        String(cString: strerror(number))
    }
}

// @unchecked because the mapped bytes never change.
extension MappedFile: @unchecked Sendable {}
