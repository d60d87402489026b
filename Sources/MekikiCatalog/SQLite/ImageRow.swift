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
    ///
    /// - Throws: `MekikiError` with code `badData`, or what GRDB throws: in a damaged file anything may
    ///   stand in place of anything.
    static func record(_ row: Row) throws -> ImageRecord {
        let formatName: String = try row.decode(atIndex: 2)
        guard let format = ImageFormat(rawValue: formatName) else {
            throw MekikiError(
                .badData,
                "The library holds an image in the unknown format \"\(formatName)\". "
                    + MekikiError.repairAdvice
            )
        }
        let width: Int = try row.decode(atIndex: 3)
        let height: Int = try row.decode(atIndex: 4)
        guard width > 0, height > 0 else {
            throw MekikiError(
                .badData,
                "The library is damaged: an image measures \(width)×\(height). "
                    + MekikiError.repairAdvice
            )
        }
        let averageColor: Int? = try row.decode(atIndex: 10)
        return ImageRecord(
            id: ImageID(rawValue: try row.decode(atIndex: 0)),
            content: ImageContent(
                hash: try ContentHash(bytes: Array(try row.decode(Data.self, atIndex: 1))),
                format: format,
                width: width,
                height: height,
                byteCount: try row.decode(atIndex: 5),
                metadata: ImageMetadata(
                    takenAt: try text(row, 6),
                    cameraMake: try text(row, 7),
                    cameraModel: try text(row, 8)
                ),
                averageColor: averageColor.flatMap(AverageColor.init(rawValue:))
            ),
            addedAt: date(milliseconds: try row.decode(atIndex: 9))
        )
    }

    private static func text(_ row: Row, _ column: Int) throws -> String? {
        try row.decode(Data?.self, atIndex: column).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A moment of the years 1 to 9999, which is as far as dates can be written: a clock may have been
    /// wrong when the image came.
    private static func date(milliseconds: Int64) -> Date {
        let seconds = Double(milliseconds) / 1000
        return Date(timeIntervalSince1970: min(max(seconds, -62_135_596_800), 253_402_300_799))
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
            let id: Int64 = try row.decode(atIndex: 0)
            records[id]?.content.metadata.textChunks.append(try TextFieldRow.chunk(row))
        }
        return records
    }
}
