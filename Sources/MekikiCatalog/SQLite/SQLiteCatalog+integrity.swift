import GRDB
import MekikiCore

extension SQLiteCatalog {
    /// Reads the whole file and checks that its parts fit together.
    ///
    /// - Throws: `MekikiError` with code `badData` that says what SQLite found, and what to do.
    /// - Complexity: O(n) in the size of the file; seconds for a large library.
    public func checkIntegrity() async throws {
        let findings = try await read { database in
            let pages = try String.fetchAll(database, sql: "PRAGMA quick_check(5)")
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            return pages.filter { $0 != "ok" }
                + (orphans > 0 ? ["\(orphans) rows refer to rows that are gone"] : [])
        }
        guard let first = findings.first else { return }
        throw MekikiError(
            .badData,
            "The catalog is damaged (\(first)). Restore the library from a backup, or move it away "
                + "and index the folders again.",
            subject: path.path
        )
    }
}
