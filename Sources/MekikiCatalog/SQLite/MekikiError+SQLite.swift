import Foundation
import GRDB
import MekikiCore

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
        guard let error = error as? DatabaseError else { return error }
        let (code, message) = sentence(for: error)
        return MekikiError(code, message, subject: path.path, cause: error)
    }

    private static func sentence(for error: DatabaseError) -> (Code, String) {
        switch error.resultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            (
                .unavailable,
                "Another process has been writing to this library for too long. Try again later."
            )
        case .SQLITE_FULL:
            (.inputOutput, "The disk is full. Free some space and try again.")
        case .SQLITE_IOERR, .SQLITE_NOLFS:
            (
                .inputOutput,
                """
                The disk could not be read or written (SQLite code \
                \(error.extendedResultCode.rawValue)). Check the disk and the file system.
                """
            )
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            (.cannotCreate, "The library can't be written. Check the permissions of its folder.")
        case .SQLITE_CANTOPEN:
            (
                .cannotCreate,
                "The library can't be opened. Check that its folder exists and can be written."
            )
        case .SQLITE_NOTADB:
            (.badData, "This file is not a library of Mekiki. Name another one, or move it away.")
        case .SQLITE_CORRUPT:
            (
                .badData,
                """
                The library is damaged. Restore it from a copy, or move it away and index the \
                folders again.
                """
            )
        default:
            (
                .inputOutput,
                """
                The library could not be used (SQLite code \
                \(error.extendedResultCode.rawValue)). Please report this as a defect.
                """
            )
        }
    }
}
