import GRDB

/// A table whose rows have checksums.
///
/// They are kept by triggers of Mekiki's own connections. Other programs can read and write the tables;
/// what they write is reported as damaged until it is written again. Connections that write, or compare,
/// have `RowChecksum.function`.
struct ChecksummedTable {
    /// The column that holds the sums.
    static let column = "checksum"

    let name: String
    /// All columns but the sum's own, in the table's order.
    private let columns: [ColumnInfo]

    /// The tables of a catalog that have checksums.
    ///
    /// - Parameter db: A connection.
    /// - Returns: None in a catalog of a version that didn't know them.
    /// - Throws: What the database throws.
    static func all(_ db: Database) throws -> [ChecksummedTable] {
        let names = try String.fetchAll(
            db,
            sql: """
                SELECT name FROM main.sqlite_master AS tables WHERE type = 'table'
                    -- Virtual tables have none, and some programs can't open them.
                    AND sql NOT LIKE 'CREATE VIRTUAL %' AND EXISTS (
                    SELECT 1 FROM pragma_table_info(tables.name) WHERE name = ?
                )
                ORDER BY name
                """,
            arguments: [column]
        )
        return try names.map { try ChecksummedTable($0, db) }
    }

    private init(_ name: String, _ db: Database) throws {
        self.name = name
        columns = try db.columns(in: name, in: "main").filter { $0.name != Self.column }
    }

    /// Gives existing tables the column, and their rows the sums.
    ///
    /// - Parameters:
    ///   - names: The tables.
    ///   - db: A connection that writes.
    /// - Throws: What the database throws.
    static func add(to names: [String], _ db: Database) throws {
        for name in names {
            try db.execute(sql: "ALTER TABLE \(name) ADD COLUMN \(column) INTEGER")
            try renewSums(of: name, db)
        }
    }

    /// Gives all rows of a table their sums, where they were written without `keepSums`.
    ///
    /// - Parameters:
    ///   - name: The table, which has the column.
    ///   - db: A connection that writes.
    /// - Throws: What the database throws.
    static func renewSums(of name: String, _ db: Database) throws {
        let table = try ChecksummedTable(name, db)
        try db.execute(sql: "UPDATE \(name) SET \(column) = \(table.sum(of: name))")
    }

    /// Sees to it that rows which this connection writes get their sums.
    ///
    /// - Parameter db: The connection.
    /// - Throws: What the database throws.
    static func keepSums(_ db: Database) throws {
        for table in try all(db) {
            let names = table.columns.map(\.name).joined(separator: ", ")
            let row = try table.key(db).map { "\($0) = NEW.\($0)" }.joined(separator: " AND ")
            for (trigger, event) in [("insertion", "INSERT"), ("update", "UPDATE OF \(names)")] {
                try db.execute(
                    sql: """
                        CREATE TEMPORARY TRIGGER IF NOT EXISTS \(trigger)_checks_\(table.name)
                        AFTER \(event) ON main.\(table.name)
                        BEGIN
                            UPDATE \(table.name) SET \(column) = \(table.sum(of: "NEW"))
                            WHERE \(row);
                        END
                        """
                )
            }
        }
    }

    /// How many rows are not what their sums say.
    ///
    /// - Parameter db: A connection that knows the function.
    /// - Returns: The number of rows.
    /// - Throws: What the database throws.
    /// - Complexity: O(n) in the bytes of the table.
    func damagedRowCount(_ db: Database) throws -> Int {
        let sql = """
            SELECT count(*) FROM \(name) WHERE \(Self.column) IS NOT \(sum(of: name))
            """
        return try Int.fetchOne(db, sql: sql) ?? 0
    }

    private func sum(of row: String) -> String {
        let values = columns.map { column in
            // GRDB would end a text at its first NUL.
            column.type == "TEXT" ? "CAST(\(row).\(column.name) AS BLOB)" : "\(row).\(column.name)"
        }
        return "\(RowChecksum.functionName)(\(values.joined(separator: ", ")))"
    }

    private func key(_ db: Database) throws -> [String] { try db.primaryKey(name).columns }
}
