import Foundation
import GRDB
import MekikiCore

/// A row of `text_line`: a line of text in a picture.
enum TextLineRow {
    /// Gives an image its lines, in place of those that it had.
    static func replace(_ lines: [TextLine], of imageID: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM text_line WHERE image_id = ?")
            .execute(arguments: [imageID])
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO text_line (
                    image_id, position, text, confidence, x, y, width, height
                ) VALUES (?, ?, CAST(? AS TEXT), ?, ?, ?, ?, ?)
                """
        )
        for (position, line) in lines.enumerated() {
            try insertion.execute(
                arguments: [
                    imageID, position, Data(line.text.utf8), Double(line.confidence),
                    Double(line.x), Double(line.y), Double(line.width), Double(line.height),
                ]
            )
        }
    }

    /// The lines of images, by image, in reading order.
    static func lines(of ids: [ImageID], _ db: Database) throws -> [ImageID: [TextLine]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_id, CAST(text AS BLOB), confidence, x, y, width, height FROM text_line
                WHERE image_id IN (SELECT value FROM json_each(?)) ORDER BY image_id, position
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [IDList.json(ids.map(\.rawValue))])
        var lines: [ImageID: [TextLine]] = [:]
        while let row = try rows.next() {
            func number(_ column: Int) throws -> Float {
                Float(try row.decode(Double.self, atIndex: column))
            }
            let line = TextLine(
                text: String(decoding: try row.decode(Data.self, atIndex: 1), as: UTF8.self),
                confidence: try number(2),
                x: try number(3),
                y: try number(4),
                width: try number(5),
                height: try number(6)
            )
            lines[ImageID(rawValue: try row.decode(atIndex: 0)), default: []].append(line)
        }
        return lines
    }
}
