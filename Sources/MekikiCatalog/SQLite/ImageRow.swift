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
            average_color, added_at, lens, rating, latitude, longitude, provenance
        ) VALUES (
            ?, ?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, CAST(? AS TEXT),
            ?, ?, ?, CAST(? AS TEXT)
        )
        """

    /// Everything that is read anew with an image's metadata.
    static let metadataUpdate = """
        UPDATE image SET taken_at = CAST(? AS TEXT), camera_make = CAST(? AS TEXT),
            camera_model = CAST(? AS TEXT), lens = CAST(? AS TEXT), rating = ?, latitude = ?,
            longitude = ?, provenance = CAST(? AS TEXT)
        WHERE id = ?
        """

    /// The columns that `record` reads; the caller adds a condition on `image`.
    static let selection = """
        SELECT id, hash, format, width, height, byte_count, CAST(taken_at AS BLOB),
            CAST(camera_make AS BLOB), CAST(camera_model AS BLOB), added_at, average_color, CAST(lens AS BLOB), rating,
            latitude, longitude, CAST(provenance AS BLOB)
        FROM image
        """

    static func arguments(_ content: ImageContent, addedAt: Int64) throws -> StatementArguments {
        let metadata = content.metadata
        return [
            Data(content.hash.bytes), content.format.rawValue, content.width, content.height,
            content.byteCount, bytes(metadata.takenAt), bytes(metadata.cameraMake),
            bytes(metadata.cameraModel), content.averageColor?.rawValue, addedAt,
            bytes(metadata.lens), metadata.rating, metadata.latitude, metadata.longitude,
            try metadata.provenance.map(JSONEncoder().encode),
        ]
    }

    static func metadataArguments(
        _ metadata: ImageMetadata,
        of imageID: Int64
    ) throws -> StatementArguments {
        [
            bytes(metadata.takenAt), bytes(metadata.cameraMake), bytes(metadata.cameraModel),
            bytes(metadata.lens), metadata.rating, metadata.latitude, metadata.longitude,
            try metadata.provenance.map(JSONEncoder().encode), imageID,
        ]
    }

    private static func bytes(_ text: String?) -> Data? { text.map { Data($0.utf8) } }

    /// The record without its texts and what it was generated from, which are in other tables.
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
                    cameraModel: try text(row, 8),
                    lens: try text(row, 11),
                    rating: try row.decode(atIndex: 12),
                    latitude: try row.decode(atIndex: 13),
                    longitude: try row.decode(atIndex: 14),
                    provenance: try row.decode(Data?.self, atIndex: 15)
                        .flatMap { try? JSONDecoder().decode(Provenance.self, from: $0) }
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

    /// The records of images by number, with their texts: three queries, however many images.
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
        try MetadataRows.complete(&records, ids, db)
        return records
    }
}
