import Foundation
import GRDB
import MekikiCore
import MekikiVectors

extension SQLiteCatalog: TextVectorStore {
    /// Texts of images with a present file that have no vector in a space yet, ordered by image and
    /// place.
    ///
    /// - Parameters:
    ///   - space: A space of texts.
    ///   - limit: The most to list.
    /// - Returns: The texts.
    /// - Throws: `MekikiError`, as the role says.
    public func textsWithoutVector(
        in space: VectorSpace,
        limit: Int
    ) async throws -> [ImageText] {
        try space.check(.text)
        return try await read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT image_id, CAST(key AS BLOB), CAST(text AS BLOB), origin, position
                    FROM text_field
                    WHERE \(TextFieldRow.hasVectors) AND NOT EXISTS (
                        SELECT 1 FROM text_vector
                        WHERE space_id = ? AND text_field_id = text_field.id
                    ) AND EXISTS (
                        SELECT 1 FROM file WHERE image_id = text_field.image_id AND is_missing = 0
                    )
                    ORDER BY image_id, origin, position LIMIT ?
                    """
            )
            let arguments: StatementArguments = [try SpaceRow.id(of: space, db) ?? 0, limit]
            let rows = try Row.fetchCursor(statement, arguments: arguments)
            return try Array(
                rows.map { row in
                    let chunk = try TextFieldRow.chunk(row)
                    return ImageText(
                        id: ImageTextID(
                            imageID: ImageID(rawValue: try row.decode(atIndex: 0)),
                            origin: try row.decode(atIndex: 3),
                            position: try row.decode(atIndex: 4)
                        ),
                        key: chunk.key,
                        text: chunk.text
                    )
                }
            )
        }
    }

    /// The stored vectors of the texts of images, rounded to half precision.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: A space of texts.
    /// - Returns: The unit vectors of each text's passages; texts without one in this space are left out.
    /// - Throws: `MekikiError`, as the role says.
    public func textEmbeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) async throws -> [ImageTextID: [Embedding]] {
        try space.check(.text)
        return try await read { db in
            guard let spaceID = try SpaceRow.id(of: space, db) else { return [:] }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT components, image_id, origin, position
                    FROM text_field JOIN text_vector ON text_field_id = text_field.id
                    WHERE space_id = ? AND image_id IN (SELECT value FROM json_each(?))
                    """
            )
            let list = IDList.json(ids.map(\.rawValue))
            let rows = try Row.fetchCursor(statement, arguments: [spaceID, list])
            var embeddings: [ImageTextID: [Embedding]] = [:]
            while let row = try rows.next() {
                var passages: [Embedding] = []
                try VectorRow.passages(row, at: 0, dimension: space.dimension) { _, bytes in
                    passages.append(HalfVector(bytes: bytes).embedding)
                }
                let id = ImageTextID(
                    imageID: ImageID(rawValue: try row.decode(atIndex: 1)),
                    origin: try row.decode(atIndex: 2),
                    position: try row.decode(atIndex: 3)
                )
                embeddings[id] = passages
            }
            return embeddings
        }
    }
}

extension MekikiError {
    /// A change that names a text which is not there.
    static func unknownText(_ id: ImageTextID) -> MekikiError {
        MekikiError(
            .badData,
            "The library holds no text \(id.position) of origin \(id.origin) of image \(id.imageID)."
        )
    }
}
