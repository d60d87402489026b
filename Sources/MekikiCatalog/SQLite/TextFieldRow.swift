import Foundation
import GRDB
import MekikiCore

/// A row of `text_field` that holds a text chunk of an image's file.
enum TextFieldRow {
    /// As in `ImageRow`, texts are bound as bytes because they may hold a NUL.
    static let insertion = """
        INSERT INTO text_field (image_id, origin, position, key, text)
        VALUES (?, 'file', ?, CAST(? AS TEXT), CAST(? AS TEXT))
        """

    /// The chunks of the images in a JSON array of numbers, in the order of their files.
    static let selection = """
        SELECT image_id, CAST(key AS BLOB), CAST(text AS BLOB) FROM text_field
        WHERE origin = 'file' AND image_id IN (SELECT value FROM json_each(?))
        ORDER BY image_id, position
        """

    static func arguments(
        _ chunk: ImageMetadata.TextChunk,
        at position: Int,
        of imageID: Int64
    ) -> StatementArguments {
        [imageID, position, Data(chunk.key.utf8), Data(chunk.text.utf8)]
    }

    static func chunk(_ row: Row) throws -> ImageMetadata.TextChunk {
        let key: Data = try row.decode(atIndex: 1)
        let text: Data = try row.decode(atIndex: 2)
        return ImageMetadata.TextChunk(
            key: String(decoding: key, as: UTF8.self),
            text: String(decoding: text, as: UTF8.self)
        )
    }
}
