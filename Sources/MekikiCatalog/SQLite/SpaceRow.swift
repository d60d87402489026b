import GRDB
import MekikiCore

/// A row of `space`.
enum SpaceRow {
    private static let condition = "model = ? AND revision = ? AND dimension = ? AND role = ?"

    private static func arguments(_ space: VectorSpace) -> StatementArguments {
        [space.model, space.revision, space.dimension, space.role.rawValue]
    }

    /// A space's number; `nil` when nothing was ever stored in it, or it was forgotten.
    static func id(of space: VectorSpace, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM space WHERE \(condition)"),
            arguments: arguments(space)
        )
    }

    /// Where a space's model was found last.
    static func folder(of space: VectorSpace, _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(sql: "SELECT folder FROM space WHERE \(condition)"),
            arguments: arguments(space)
        )
    }

    /// A space's number, given now if it is new.
    static func madeID(of space: VectorSpace, _ db: Database) throws -> Int64 {
        if let id = try id(of: space, db) { return id }
        try db.execute(
            sql: "INSERT INTO space (model, revision, dimension, role) VALUES (?, ?, ?, ?)",
            arguments: arguments(space)
        )
        return db.lastInsertedRowID
    }

    /// Makes a space known, and where its model is; a folder that isn't known leaves the known one.
    static func note(_ chosen: ChosenSpace, _ db: Database) throws {
        let id = try madeID(of: chosen.space, db)
        guard let folder = chosen.folder else { return }
        try db.execute(
            sql: "UPDATE space SET folder = ?1 WHERE id = ?2 AND folder IS NOT ?1",
            arguments: [folder, id]
        )
    }

    /// The space of a number.
    static func space(_ id: Int64, _ db: Database) throws -> ChosenSpace? {
        try Row.fetchOne(
            db,
            sql: "SELECT model, revision, dimension, role, folder FROM space WHERE id = ?",
            arguments: [id]
        ).flatMap(chosen)
    }

    /// All spaces with the number of vectors in each, in the order of their creation.
    static func counts(_ db: Database) throws -> [CatalogStatistics.SpaceCount] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT model, revision, dimension, role, folder, CASE role
                    WHEN 'image' THEN (SELECT count(*) FROM vector WHERE space_id = space.id)
                    ELSE (SELECT count(*) FROM text_vector WHERE space_id = space.id)
                END
                FROM space ORDER BY id
                """
        )
        return try rows.compactMap { row in
            guard let chosen = try chosen(row) else { return nil }
            return CatalogStatistics.SpaceCount(
                space: chosen.space,
                vectorCount: try row.decode(atIndex: 5),
                folder: chosen.folder
            )
        }
    }

    /// How many images, or texts, with a present file have no vector in a space.
    static func lackingCount(in space: VectorSpace, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM (\(lacking(space.role)))"),
            // No space has the number 0, so everything lacks a vector in an unknown one.
            arguments: [try id(of: space, db) ?? 0]
        ) ?? 0
    }

    /// Whether nothing lacks a vector in a space.
    static func isFilled(_ space: VectorSpace, _ db: Database) throws -> Bool {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM (\(lacking(space.role))) LIMIT 1"),
            arguments: [try id(of: space, db) ?? 0]
        ) == nil
    }

    /// What lacks a vector in the space of a number, by its own number.
    private static func lacking(_ role: VectorSpace.Role) -> String {
        switch role {
        case .image:
            """
            SELECT DISTINCT image_id AS id FROM file
            WHERE is_missing = 0 AND NOT EXISTS (
                SELECT 1 FROM vector WHERE space_id = ? AND image_id = file.image_id
            )
            """
        case .text:
            """
            SELECT id FROM text_field
            WHERE \(TextFieldRow.hasVectors) AND NOT EXISTS (
                SELECT 1 FROM text_vector WHERE space_id = ? AND text_field_id = text_field.id
            ) AND EXISTS (
                SELECT 1 FROM file WHERE image_id = text_field.image_id AND is_missing = 0
            )
            """
        }
    }

    private static func chosen(_ row: Row) throws -> ChosenSpace? {
        // A role of a later version, or a damaged one.
        guard let role = VectorSpace.Role(rawValue: try row.decode(atIndex: 3)) else { return nil }
        return ChosenSpace(
            space: VectorSpace(
                model: try row.decode(atIndex: 0),
                revision: try row.decode(atIndex: 1),
                dimension: try row.decode(atIndex: 2),
                role: role
            ),
            folder: try row.decode(atIndex: 4)
        )
    }
}
