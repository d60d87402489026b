import Foundation
import GRDB
import MekikiCatalog
import MekikiCore
import Testing

/// SQLite's codes as sentences.
@Suite struct SQLiteErrorTests {
    private static let path = URL(fileURLWithPath: "/library/catalog.sqlite")

    @Test(arguments: [
        (ResultCode.SQLITE_BUSY, MekikiError.Code.unavailable, "Another process"),
        (.SQLITE_BUSY_SNAPSHOT, .unavailable, "Another process"),
        (.SQLITE_LOCKED, .unavailable, "Another process"),
        (.SQLITE_FULL, .inputOutput, "The disk is full"),
        (.SQLITE_IOERR_WRITE, .inputOutput, "could not be read or written (SQLite code 778)"),
        (.SQLITE_READONLY, .cannotCreate, "permissions"),
        (.SQLITE_CANTOPEN, .cannotCreate, "can't be opened"),
        (.SQLITE_NOTADB, .badData, "not a library"),
        (.SQLITE_CORRUPT, .badData, "damaged"),
        (.SQLITE_CONSTRAINT_UNIQUE, .inputOutput, "SQLite code 2067"),
    ])
    func everyCodeHasASentence(
        _ result: ResultCode,
        _ code: MekikiError.Code,
        _ part: String
    ) throws {
        let raw = DatabaseError(resultCode: result, message: "RAW", sql: "SELECT secret")
        let error = try #require(MekikiError.ofSQLite(raw, Self.path) as? MekikiError)
        #expect(error.code == code)
        #expect(error.message.contains(part))
        #expect(error.description.hasPrefix("/library/catalog.sqlite: "))
        #expect(!error.description.contains("RAW") && !error.description.contains("secret"))
    }

    @Test func ourOwnErrorsKeepTheirSubject() throws {
        let own = MekikiError(.badData, "Wrong.", subject: "model")
        let error = try #require(MekikiError.ofSQLite(own, Self.path) as? MekikiError)
        #expect(error.description == "model: Wrong.")
    }

    @Test func otherErrorsPass() {
        #expect(MekikiError.ofSQLite(CancellationError(), Self.path) is CancellationError)
    }
}
