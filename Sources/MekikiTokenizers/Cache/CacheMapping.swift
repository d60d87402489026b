import Foundation

/// A cache file mapped into memory, read-only, for as long as this object lives.
///
/// Caches are replaced as a whole and never written to once they have their name.
final class CacheMapping {
    let bytes: UnsafeRawBufferPointer

    /// Maps a file, `nil` when it isn't there or can't be mapped.
    init?(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size > 0,
            let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0),
            memory != MAP_FAILED
        else { return nil }
        bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}

// @unchecked because the mapped bytes never change.
extension CacheMapping: @unchecked Sendable {}
