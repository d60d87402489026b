import Foundation
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A SQLite file that nobody else has open, for as long as this object says so.
///
/// SQLite's connections hold a shared lock on a range of bytes as long as they have a file with a
/// write-ahead log open (https://www.sqlite.org/fileformat.html#the_lock_byte_page). Whoever holds all of
/// it alone may take the file's name away: a connection that closes later would otherwise remove the log
/// of the file that has the name then.
final class SoleAccess {
    /// The open file.
    let descriptor: Int32

    private static let firstByte: off_t = 0x4000_0002
    private static let byteCount: off_t = 510

    /// Takes the lock.
    ///
    /// - Parameter path: The file.
    /// - Throws: `MekikiError`: `unavailable`, naming the process, while another has it open.
    init(to path: URL) throws {
        descriptor = open(path.path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            let code = errno
            throw MekikiError(
                code == ENOENT ? .noInput : .cannotCreate,
                "The catalog can't be opened (\(String(cString: strerror(code)))). Check its "
                    + "permissions, and whether its disk is mounted to be only read.",
                subject: path.path
            )
        }
        var range = Self.range
        guard fcntl(descriptor, F_SETLK, &range) == 0 else {
            let code = errno
            var holder = Self.range
            let isKnown = fcntl(descriptor, F_GETLK, &holder) == 0 && holder.l_type != F_UNLCK
            close(descriptor)
            guard code == EAGAIN || code == EACCES else {
                throw MekikiError(
                    .inputOutput,
                    "The catalog can't be locked (\(String(cString: strerror(code)))). Repair it on a "
                        + "file system that supports locks.",
                    subject: path.path
                )
            }
            let who = isKnown && holder.l_pid > 0 ? "process \(holder.l_pid)" : "another process"
            throw MekikiError(
                .unavailable,
                "The library is in use by \(who). Stop it, then repair.",
                subject: path.deletingLastPathComponent().path
            )
        }
    }

    /// Gives the lock back.
    func end() { close(descriptor) }

    private static var range: flock {
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = firstByte
        range.l_len = byteCount
        return range
    }
}
