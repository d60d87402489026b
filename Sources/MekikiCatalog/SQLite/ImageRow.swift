import Foundation
import GRDB
import MekikiCore

/// A row of `image`, to and from an `ImageRecord`.
enum ImageRow {
    /// Texts out of files are bound as bytes and cast: GRDB hands a text to SQLite up to its first
    /// NUL, and what a file says about itself is kept as it is.
    static let insertion = """
        INSERT INTO image (
            hash, format, width, height, byte_count, taken_at, camera_make, camera_model,
            average_color, added_at
        ) VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?)
        """

    /// The columns that `record` reads; the caller adds a condition on `image`.
    static let selection = """
        SELECT id, hash, format, width, height, byte_count, CAST(taken_at AS BLOB),
            CAST(camera_make AS BLOB), CAST(camera_model AS BLOB), added_at, average_color
        FROM image
        """

    static func arguments(_ content: ImageContent, addedAt: Int64) -> StatementArguments {
        [
            Data(content.hash.bytes), content.format.rawValue, content.width, content.height,
            content.byteCount, content.metadata.takenAt.map { Data($0.utf8) },
            content.metadata.cameraMake.map { Data($0.utf8) },
            content.metadata.cameraModel.map { Data($0.utf8) }, content.averageColor?.rawValue,
            addedAt,
        ]
    }

    /// The record without its text chunks, which are in another table.
    static func record(_ row: Row) throws -> ImageRecord {
        let hash: Data = row[1]
        let formatName: String = row[2]
        guard let format = ImageFormat(rawValue: formatName) else {
            throw MekikiError(
                .badData,
                "The library holds an image in the unknown format \"\(formatName)\"."
            )
        }
        let addedAt: Int64 = row[9]
        let averageColor: Int? = row[10]
        return ImageRecord(
            id: ImageID(rawValue: row[0]),
            content: ImageContent(
                hash: try ContentHash(bytes: Array(hash)),
                format: format,
                width: row[3],
                height: row[4],
                byteCount: row[5],
                metadata: ImageMetadata(
                    takenAt: text(row[6]),
                    cameraMake: text(row[7]),
                    cameraModel: text(row[8])
                ),
                averageColor: averageColor.flatMap(AverageColor.init(rawValue:))
            ),
            addedAt: Date(timeIntervalSince1970: Double(addedAt) / 1000)
        )
    }

    private static func text(_ bytes: Data?) -> String? {
        bytes.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The records of images by number, with their text chunks: two queries, however many images.
    static func records(_ ids: [Int64], _ db: Database) throws -> [Int64: ImageRecord] {
        let list = IDList.json(ids)
        var records: [Int64: ImageRecord] = [:]
        let images = try Row.fetchCursor(
            db.cachedStatement(sql: selection + " WHERE id IN (SELECT value FROM json_each(?))"),
            arguments: [list]
        )
        while let row = try images.next() {
            let record = try record(row)
            records[record.id.rawValue] = record
        }
        let chunks = try Row.fetchCursor(
            db.cachedStatement(sql: TextFieldRow.selection),
            arguments: [list]
        )
        while let row = try chunks.next() {
            let id: Int64 = row[0]
            records[id]?.content.metadata.textChunks.append(TextFieldRow.chunk(row))
        }
        return records
    }
}
