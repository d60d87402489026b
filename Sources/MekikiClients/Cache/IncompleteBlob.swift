import Crypto
import Foundation
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A content that is being fetched: `blobs/<etag>.incomplete`, which the next run goes on with.
///
/// It becomes `blobs/<etag>` only when its length and its hash are right.
final class IncompleteBlob {
    private let file: URL
    private let descriptor: Int32

    /// The bytes that are there.
    private(set) var count: Int64

    /// Opens what an earlier run left, or begins.
    ///
    /// - Parameter file: The file; its folder must exist.
    /// - Throws: `MekikiError` when it can't be written.
    init(_ file: URL) throws {
        self.file = file
        // Links are not followed: what is written must be what is renamed later.
        descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw CacheFailure.error(errno, at: file) }
        count = Int64(lseek(descriptor, 0, SEEK_END))
    }

    deinit { close(descriptor) }

    /// Adds bytes at the end.
    ///
    /// - Parameter bytes: What came.
    /// - Throws: `MekikiError` with code `inputOutput` when the disk is full; what was written stays.
    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(count))
            if written < 0 {
                if errno == EINTR { continue }
                throw CacheFailure.error(errno, at: file)
            }
            count += Int64(written)
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Throws away what is there.
    ///
    /// - Throws: `MekikiError` when the file can't be written.
    func restart() throws {
        guard ftruncate(descriptor, 0) == 0 else { throw CacheFailure.error(errno, at: file) }
        count = 0
    }

    /// Gives the content its final name, once it is on the disk.
    ///
    /// - Parameter place: The final name, in the same folder.
    /// - Throws: `MekikiError` when the system can't.
    func complete(as place: URL) throws {
        guard fsync(descriptor) == 0, rename(file.path, place.path) == 0 else {
            throw CacheFailure.error(errno, at: place)
        }
    }

    /// Whether a file's content has a hash.
    ///
    /// Reads it from the disk, from end to end: what counts is what will be read later.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - check: The hash.
    /// - Returns: `false` when it differs.
    /// - Throws: `MekikiError` when the file can't be read.
    static func matches(_ file: URL, _ check: ContentCheck) throws -> Bool {
        switch check {
        case .sha256(let wanted):
            var hash = SHA256()
            try read(file) { hash.update(bufferPointer: $0) }
            return hexadecimal(hash.finalize()) == wanted
        case .gitBlob(let wanted):
            var hash = Insecure.SHA1()
            hash.update(data: Data("blob \(FileLength.of(file) ?? 0)\0".utf8))
            try read(file) { hash.update(bufferPointer: $0) }
            return hexadecimal(hash.finalize()) == wanted
        }
    }

    private static func read(_ file: URL, _ body: (UnsafeRawBufferPointer) -> Void) throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CacheFailure.error(errno, at: file) }
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw CacheFailure.error(errno, at: file) }
            if count == 0 { return }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 2 ? digits : "0" + digits
        }.joined()
    }
}
