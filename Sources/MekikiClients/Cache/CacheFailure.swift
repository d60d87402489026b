import Foundation
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What errors of the file system mean for somebody who fetches a model.
enum CacheFailure {
    /// The error for a system call that failed.
    ///
    /// - Parameters:
    ///   - code: `errno` after the call.
    ///   - place: The file or folder that it was about.
    /// - Returns: The error.
    static func error(_ code: Int32, at place: URL) -> MekikiError {
        if isExhaustion(code) { return fullDisk(at: place) }
        let reason = String(cString: strerror(code))
        return MekikiError(
            code == EACCES || code == EPERM || code == EROFS ? .cannotCreate : .inputOutput,
            "The model's files can't be kept here (\(reason)). See to the folder's permissions, or "
                + "name another with HF_HOME.",
            subject: place.path
        )
    }

    /// The error for something that Foundation could not do.
    static func error(_ error: any Error, at place: URL) -> any Error {
        guard let cocoa = error as? CocoaError else { return error }
        let posix = cocoa.underlying as? POSIXError
        switch cocoa.code {
        case .fileWriteOutOfSpace: return fullDisk(at: place)
        case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
            return Self.error(posix?.code.rawValue ?? EACCES, at: place)
        default: return Self.error(posix?.code.rawValue ?? EIO, at: place)
        }
    }

    /// The error for a file system that has too little room.
    ///
    /// - Parameters:
    ///   - place: A folder on it.
    ///   - needed: Bytes that are still to come.
    ///   - free: Bytes that it has.
    /// - Returns: The error.
    static func tooSmall(at place: URL, needed: Int64, free: Int64) -> MekikiError {
        let style = ByteCountFormatStyle(style: .file)
        return MekikiError(
            .inputOutput,
            "The model needs \(needed.formatted(style)), and \(free.formatted(style)) are free "
                + "here. Free some space, or name a folder on another disk with HF_HOME.",
            subject: place.path
        )
    }

    private static func fullDisk(at place: URL) -> MekikiError {
        MekikiError(
            .inputOutput,
            "The disk is full. Free some space and run the same command again: what was fetched is "
                + "kept.",
            subject: place.path
        )
    }

    private static func isExhaustion(_ code: Int32) -> Bool {
        code == ENOSPC || code == EDQUOT || code == EFBIG
    }
}
