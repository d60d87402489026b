import GRDB
import MekikiCore

/// A row of `space`.
enum SpaceRow {
    /// A space's number; `nil` when nothing was ever stored in it.
    static func id(of space: VectorSpace, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT id FROM space WHERE model = ? AND revision = ? AND dimension = ?"
            ),
            arguments: [space.model, space.revision, space.dimension]
        )
    }

    /// Makes a space known that was not.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - db: A connection that writes.
    /// - Returns: Its number.
    /// - Throws: What the database throws.
    static func insert(_ space: VectorSpace, _ db: Database) throws -> Int64 {
        try db.execute(
            sql: "INSERT INTO space (model, revision, dimension) VALUES (?, ?, ?)",
            arguments: [space.model, space.revision, space.dimension]
        )
        return db.lastInsertedRowID
    }

    /// All spaces with the number of vectors in each, in the order of their creation.
    static func counts(_ db: Database) throws -> [CatalogStatistics.SpaceCount] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT model, revision, dimension,
                    (SELECT count(*) FROM vector WHERE space_id = space.id)
                FROM space ORDER BY id
                """
        )
        return try rows.map { row in
            CatalogStatistics.SpaceCount(
                space: VectorSpace(
                    model: try row.decode(atIndex: 0),
                    revision: try row.decode(atIndex: 1),
                    dimension: try row.decode(atIndex: 2)
                ),
                vectorCount: try row.decode(atIndex: 3)
            )
        }
    }
}
