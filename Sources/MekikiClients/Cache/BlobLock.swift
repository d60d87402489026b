import Foundation
import MekikiCore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The right to fetch one content into the cache, which one program at a time has.
///
/// It is an advisory lock on the same file that Python's client locks. The system takes it back when
/// the process ends.
final class BlobLock: Sendable {
    /// -1 once released.
    private let descriptor: Mutex<Int32>

    private init(_ descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Takes the lock; waits while somebody else has it.
    ///
    /// - Parameters:
    ///   - file: The lock's file; its folder must exist.
    ///   - waiting: Is called once when there is a wait.
    /// - Returns: The lock.
    /// - Throws: `MekikiError` when the file can't be made; `CancellationError`.
    static func take(_ file: URL, waiting: () -> Void) async throws -> BlobLock {
        var pause = Duration.milliseconds(20)
        var hasTold = false
        while true {
            if let lock = try attempt(file) { return lock }
            if !hasTold { waiting() }
            hasTold = true
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
    }

    /// Gives the lock back; a second call does nothing.
    func release() {
        descriptor.withLock { descriptor in
            // The file stays: removing it would let two programs hold it under one name.
            if descriptor >= 0 { close(descriptor) }
            descriptor = -1
        }
    }

    private static func attempt(_ file: URL) throws -> BlobLock? {
        let opened = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o664)
        guard opened >= 0 else { throw CacheFailure.error(errno, at: file) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            // A file system without locks: the hash of the content decides in the end.
            guard code == EWOULDBLOCK || code == EINTR else { return BlobLock(-1) }
            return nil
        }
        // Others may remove the file when they are done; a lock on it is then nobody's.
        var mine = stat()
        var named = stat()
        guard fstat(opened, &mine) == 0, stat(file.path, &named) == 0,
            mine.st_ino == named.st_ino, mine.st_dev == named.st_dev
        else {
            close(opened)
            return nil
        }
        return BlobLock(opened)
    }
}
