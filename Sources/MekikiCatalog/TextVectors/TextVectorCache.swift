import Foundation
import GRDB
import MekikiCore
import Synchronization

/// The vectors of the texts of the space that is asked, in memory and up to date.
final class TextVectorCache: Sendable {
    private struct State {
        var space: VectorSpace?
        var spaceID: Int64 = 0
        var generation: Int64 = 0
        var table = TextVectorTable(dimension: 1)
    }

    private let state = Mutex(State())

    /// The texts of a space as a connection sees them.
    ///
    /// - Parameters:
    ///   - space: A space of texts.
    ///   - db: A connection within a transaction.
    /// - Returns: The table; empty for an unknown space.
    /// - Throws: What the database throws.
    func table(of space: VectorSpace, _ db: Database) throws -> TextVectorTable {
        guard let id = try SpaceRow.id(of: space, db) else {
            return TextVectorTable(dimension: space.dimension)
        }
        return try state.withLock { state in
            if state.space != space || state.spaceID != id {
                state = State()
                state.table = TextVectorTable(dimension: space.dimension)
                state.space = space
                state.spaceID = id
            }
            let current =
                try Int64.fetchOne(db.cachedStatement(sql: VectorCache.generationQuery)) ?? 0
            // Not `!=`: another connection may have brought the table further than this one sees.
            guard current > state.generation else { return state.table }
            try load(since: state.generation, into: &state.table, id, db)
            // Last, so that after an error the same changes are read once more.
            state.generation = current
            return state.table
        }
    }

    private func load(
        since generation: Int64,
        into table: inout TextVectorTable,
        _ spaceID: Int64,
        _ db: Database
    ) throws {
        var condition = ""
        var arguments: StatementArguments = [spaceID]
        if generation > 0 {
            let changed = try Int64.fetchAll(
                db.cachedStatement(sql: "SELECT image_id FROM image_change WHERE generation > ?"),
                arguments: [generation]
            )
            for id in changed { table.removeTexts(of: ImageID(rawValue: id)) }
            condition = "AND image_id IN (SELECT image_id FROM image_change WHERE generation > ?)"
            arguments += [generation]
        }
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT text_vector.id, components, image_id, origin, position,
                        CAST(key AS BLOB)
                    FROM text_vector JOIN text_field ON text_field.id = text_field_id
                    WHERE space_id = ? \(condition) AND EXISTS (
                        SELECT 1 FROM file
                        WHERE file.image_id = text_field.image_id AND is_missing = 0
                    )
                    """
            ),
            arguments: arguments
        )
        while let row = try rows.next() {
            let originName: String = try row.decode(atIndex: 3)
            guard let origin = TextOrigin(rawValue: originName) else { continue }
            let key = String(decoding: try row.decode(Data.self, atIndex: 5), as: UTF8.self)
            let number: Int64 = try row.decode(atIndex: 0)
            let id = ImageTextID(
                imageID: ImageID(rawValue: try row.decode(atIndex: 2)),
                origin: originName,
                position: try row.decode(atIndex: 4)
            )
            let target = TextTarget.of(origin, key: key)
            try VectorRow.passages(row, at: 1, dimension: table.dimension) { passage, components in
                table.add(number, id, target, passage, components)
            }
        }
    }
}
