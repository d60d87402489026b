import Foundation
import MekikiCore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right to index a library, which one process at a time can hold.
///
/// It is an advisory lock (`flock`) on a file of the library's folder. The system takes it back when
/// the process ends, however it ends; the file stays and means nothing by itself. Searching needs
/// no lock.
public final class IndexerLock: Sendable {
    /// The lock file's name in a library's folder.
    public static let fileName = "indexer.lock"

    /// -1 once released.
    private let descriptor: Mutex<Int32>

    /// Takes the lock.
    ///
    /// - Parameter library: The library's folder, which must exist.
    /// - Throws: `MekikiError`: `unavailable`, naming the process, when another holds the lock;
    ///   `cannotCreate` when the lock file can't be made.
    public init(library: URL) throws {
        let path = library.appendingPathComponent(Self.fileName).path
        // Close-on-exec, because a child process that inherits the file would hold the lock on.
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard file >= 0 else {
            let failure = errno
            if DiskSpace.isExhaustion(failure) {
                throw MekikiError(.inputOutput, MekikiError.fullDisk, subject: path)
            }
            throw MekikiError(
                .cannotCreate,
                "The library can't be changed: its lock file can't be opened "
                    + "(\(Self.reason(failure))). Check the permissions of the library's folder, "
                    + "and whether its disk is mounted to be only read.",
                subject: path
            )
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno
            let holder = Self.processID(in: file)
            close(file)
            guard failure == EWOULDBLOCK else {
                throw MekikiError(
                    .inputOutput,
                    """
                    The library can't be locked (\(Self.reason(failure))). Use a folder on a file \
                    system that supports locks.
                    """,
                    subject: path
                )
            }
            let who = holder.map { "process \($0)" } ?? "another process"
            throw MekikiError(
                .unavailable,
                "This library is being indexed by \(who). Wait until it is done, or stop it.",
                subject: library.path
            )
        }
        Self.write(processID: getpid(), to: file)
        descriptor = Mutex(file)
    }

    deinit { release() }

    /// Gives the lock back; a second call does nothing.
    public func release() {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            // Emptied first, so that nobody reads a number that holds nothing any more.
            ftruncate(descriptor, 0)
            close(descriptor)
            descriptor = -1
        }
    }

    /// Who holds a library's lock, and who held it last.
    ///
    /// - Parameter library: The library's folder.
    /// - Returns: The process that is indexing, or one that was ended by force while it was; `nil` when
    ///   the last one ended by itself, or nothing can be told.
    public static func state(of library: URL) -> IndexerState? {
        let path = library.appendingPathComponent(fileName).path
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let process = processID(in: file)
        // Shared, and given back at once: two who look don't see each other.
        if flock(file, LOCK_SH | LOCK_NB) == 0 {
            flock(file, LOCK_UN)
            return process.map(IndexerState.leftBehind)
        }
        return errno == EWOULDBLOCK ? .held(process) : nil
    }

    /// Writes the number of the process that holds the lock, which only helps a person.
    ///
    /// Whether the lock is held, `flock` alone decides. So a
    /// failure to write it is none.
    private static func write(processID: Int32, to file: Int32) {
        let text = Array("\(processID)\n".utf8)
        ftruncate(file, 0)
        _ = pwrite(file, text, text.count, 0)
    }

    private static func processID(in file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
