import GRDB

/// A row of `setting`.
enum SettingRow {
    /// A setting's value; `nil` where none was set.
    static func value(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT value FROM setting WHERE key = ?"),
            arguments: [key]
        )
    }

    /// Sets or removes a setting; one that has the value already is not written.
    static func set(_ key: String, to value: String?, _ db: Database) throws {
        guard let value else {
            return try db.execute(sql: "DELETE FROM setting WHERE key = ?", arguments: [key])
        }
        try db.execute(
            sql: """
                INSERT INTO setting (key, value) VALUES (?, ?)
                ON CONFLICT (key) DO UPDATE SET value = excluded.value
                    WHERE value <> excluded.value
                """,
            arguments: [key, value]
        )
    }
}
