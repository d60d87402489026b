import Foundation
import GRDB
import MekikiCore

/// A row of `text_field`: a text that belongs to an image.
///
/// Texts of the image's own bytes are numbered as they come, so that a repair tells from a gap that some
/// are lost, and reads them again; all others have numbers from ``firstOther`` on, because they come, change
/// and go at any time.
enum TextFieldRow {
    /// The first number of texts that don't come from the image's own bytes.
    static let firstOther: Int64 = 1 << 40

    /// The origins of texts that come from the image's own bytes.
    static let ownOrigins: [TextOrigin] = [.file, .generation, .photograph]

    /// As in `ImageRow`, texts are bound as bytes because they may hold a NUL.
    private static func insertion(_ origin: TextOrigin) -> String {
        let isOwn = ownOrigins.contains(origin)
        let next =
            isOwn
            ? "SELECT coalesce(max(id), 0) + 1 FROM text_field WHERE id < \(firstOther)"
            : "SELECT max(coalesce(max(id), 0) + 1, \(firstOther)) FROM text_field"
        return """
            INSERT INTO text_field (id, image_id, origin, position, key, text)
            VALUES ((\(next)), ?, '\(origin.rawValue)', ?, CAST(? AS TEXT), CAST(? AS TEXT))
            """
    }

    /// The texts of the images in a JSON array of numbers.
    private static let selection = """
        SELECT image_id, CAST(key AS BLOB), CAST(text AS BLOB), origin, position FROM text_field
        WHERE image_id IN (SELECT value FROM json_each(?))
        ORDER BY image_id, origin, position
        """

    /// Gives an image the texts of an origin, in place of those that it had.
    ///
    /// - Returns: Whether anything has changed.
    static func replace(
        _ texts: [ImageMetadata.TextChunk],
        of origin: TextOrigin,
        _ imageID: Int64,
        _ db: Database
    ) throws -> Bool {
        let before = try Self.texts(of: origin, imageID, db)
        let isSame = before.elementsEqual(texts) {
            $0.key.utf8.elementsEqual($1.key.utf8) && $0.text.utf8.elementsEqual($1.text.utf8)
        }
        guard !isSame else { return false }
        if !before.isEmpty {
            try db.cachedStatement(sql: "DELETE FROM text_field WHERE image_id = ? AND origin = ?")
                .execute(arguments: [imageID, origin.rawValue])
        }
        for (position, text) in texts.enumerated() {
            try insert(text, of: origin, at: position, imageID, db)
        }
        return true
    }

    /// An image's texts of an origin, by place.
    static func texts(
        of origin: TextOrigin,
        _ imageID: Int64,
        _ db: Database
    ) throws -> [ImageMetadata.TextChunk] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_id, CAST(key AS BLOB), CAST(text AS BLOB) FROM text_field
                WHERE image_id = ? AND origin = ? ORDER BY position
                """
        )
        return try Row.fetchAll(statement, arguments: [imageID, origin.rawValue]).map(chunk)
    }

    /// Adds a text.
    static func insert(
        _ text: ImageMetadata.TextChunk,
        of origin: TextOrigin,
        at position: Int,
        _ imageID: Int64,
        _ db: Database
    ) throws {
        try db.cachedStatement(sql: insertion(origin)).execute(
            arguments: [imageID, position, Data(text.key.utf8), Data(text.text.utf8)]
        )
    }

    static func chunk(_ row: Row) throws -> ImageMetadata.TextChunk {
        let key: Data = try row.decode(atIndex: 1)
        let text: Data = try row.decode(atIndex: 2)
        return ImageMetadata.TextChunk(
            key: String(decoding: key, as: UTF8.self),
            text: String(decoding: text, as: UTF8.self)
        )
    }

    /// All texts of images, by image: by the order of origins, then by place.
    static func texts(of ids: [Int64], _ db: Database) throws -> [ImageID: [ImageText]] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: selection),
            arguments: [IDList.json(ids)]
        )
        var texts: [ImageID: [ImageText]] = [:]
        while let row = try rows.next() {
            let chunk = try chunk(row)
            let id = ImageID(rawValue: try row.decode(atIndex: 0))
            texts[id, default: []].append(
                ImageText(
                    id: ImageTextID(
                        imageID: id,
                        origin: try row.decode(atIndex: 3),
                        position: try row.decode(atIndex: 4)
                    ),
                    key: chunk.key,
                    text: chunk.text
                )
            )
        }
        let order = Dictionary(
            uniqueKeysWithValues: TextOrigin.allCases.enumerated().map { ($1.rawValue, $0) }
        )
        return texts.mapValues { list in
            // Origins of a later version come last.
            list.sorted {
                let (left, right) = (order[$0.id.origin] ?? .max, order[$1.id.origin] ?? .max)
                return left != right ? left < right : $0.id < $1.id
            }
        }
    }

    /// The condition on a row that its text is found by meaning, too.
    static let hasVectors: String = {
        let places = TextTarget.allCases.filter(\.hasVectors).flatMap(\.places)
        let conditions = places.map { origin, key in
            key.map { "origin = '\(origin.rawValue)' AND key = '\($0)'" }
                ?? "origin = '\(origin.rawValue)'"
        }
        return "(" + conditions.joined(separator: " OR ") + ")"
    }()
}
