import Foundation
import GRDB
import MekikiCore

/// What people wrote of an image goes with it when other bytes come into its file and the picture is the same:
/// a program that writes a rating into a file makes another content of it.
enum WrittenWords {
    /// The origins of what people wrote; what models said is said again.
    static let origins: [TextOrigin] = [.user, .imported]

    /// Gives the words of a file's former image to the one that it holds now.
    ///
    /// The pictures count as the same when their sides and their mean colour are. Words that the present
    /// image has already stay.
    ///
    /// - Parameters:
    ///   - former: The image that the file held.
    ///   - present: The image that it holds now.
    ///   - db: A connection that writes.
    /// - Throws: What the database throws.
    static func carry(from former: Int64, to present: Int64, _ db: Database) throws {
        let comparison = try db.cachedStatement(
            sql: """
                SELECT 1 FROM image AS former JOIN image AS present
                    ON former.width = present.width AND former.height = present.height
                    AND former.average_color = present.average_color
                WHERE former.id = ? AND present.id = ?
                """
        )
        guard try Int.fetchOne(comparison, arguments: [former, present]) != nil else { return }
        for origin in origins {
            let texts = try TextFieldRow.texts(of: origin, former, db)
            guard !texts.isEmpty, try TextFieldRow.texts(of: origin, present, db).isEmpty else {
                continue
            }
            _ = try TextFieldRow.replace(texts, of: origin, present, db)
        }
    }
}
