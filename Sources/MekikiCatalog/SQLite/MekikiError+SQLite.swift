import Foundation
import GRDB
import MekikiCore

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension MekikiError {
    /// Runs work on a database and turns what SQLite throws into sentences.
    static func mappingSQLite<Result>(_ path: URL, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            throw ofSQLite(error, path)
        }
    }

    /// The error to show for one that came out of a database; errors that aren't SQLite's stay.
    package static func ofSQLite(_ error: any Error, _ path: URL) -> any Error {
        if var error = error as? MekikiError {
            error.subject = error.subject ?? path.path
            return error
        }
        // GRDB's word for a column that holds something else than it may.
        if error is RowDecodingError {
            return MekikiError(.badData, damage, subject: path.path, cause: error)
        }
        guard let error = error as? DatabaseError else { return error }
        let (code, message) = sentence(for: error, path)
        return MekikiError(code, message, subject: path.path, cause: error)
    }

    /// What to do about a damaged catalog.
    static let repairAdvice = """
        `mekiki doctor --repair` saves what can be read and keeps the damaged file.
        """

    static let damage = "The library is damaged. " + repairAdvice

    /// What to do about a full disk.
    package static let fullDisk = """
        The disk is full. Free some space and run the same command again: what was done is kept.
        """

    private static func sentence(for error: DatabaseError, _ path: URL) -> (Code, String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            (
                .unavailable,
                "Another process has been writing to this library for too long. Try again later."
            )
        case .SQLITE_FULL:
            (.inputOutput, fullDisk)
        case .SQLITE_IOERR, .SQLITE_NOLFS:
            // Not every way in which a disk can be full has a code of its own.
            DiskSpace.isExhausted(at: path)
                ? (.inputOutput, fullDisk)
                : (
                    .inputOutput,
                    """
                    The disk could not be read or written (SQLite code \
                    \(error.extendedResultCode.rawValue)). Check the disk and the file system.
                    """
                )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            (
                .cannotCreate,
                """
                The library can't be written. Check the permissions of its folder, and whether its \
                disk is mounted to be only read.
                """
            )
        case .SQLITE_CANTOPEN:
            if access(path.path, F_OK) == 0, access(path.path, R_OK) != 0 {
                (.noInput, "The library can't be read. Check the permissions of this file.")
            } else if DiskSpace.isExhausted(at: path) {
                (.inputOutput, fullDisk)
            } else {
                (
                    .cannotCreate,
                    "The library can't be opened. Check that its folder exists and can be written."
                )
            }
        case .SQLITE_NOTADB:
            (
                .badData,
                """
                This file is not a library of Mekiki, or its first page is damaged. If it was one: \
                \(repairAdvice) Otherwise name another library.
                """
            )
        case .SQLITE_CORRUPT:
            (.badData, damage)
        case .SQLITE_NOMEM:
            (.unavailable, "There is not enough memory. End other programs, and try again.")
        default:
            // A damaged list of tables reads as one of other tables.
            if error.resultCode == .SQLITE_ERROR {
                (.badData, damage)
            } else {
                (
                    .inputOutput,
                    """
                    The library could not be used (SQLite code \
                    \(error.extendedResultCode.rawValue)). If `mekiki doctor` finds nothing, \
                    please report this as a defect.
                    """
                )
            }
        }
    }
}
