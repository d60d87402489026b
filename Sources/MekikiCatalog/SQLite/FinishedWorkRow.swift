import Foundation
import GRDB
import MekikiCore

/// A row of `finished_work`: what need not be done again for an image.
enum FinishedWorkRow {
    /// Writes a note, in place of an earlier one of the same kind of work.
    static func write(_ work: FinishedWork, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO finished_work (image_id, kind, version, failure)
                VALUES (?, ?, ?, CAST(? AS TEXT))
                ON CONFLICT (image_id, kind) DO UPDATE
                    SET version = excluded.version, failure = excluded.failure
                """
        ).execute(
            arguments: [
                work.imageID.rawValue, work.work.kind, work.work.version,
                work.failure.map { Data($0.utf8) },
            ]
        )
    }

    /// Images with a present file for which work was not done in this version.
    private static let awaiting = """
        SELECT DISTINCT image_id FROM file
        WHERE is_missing = 0 AND image_id > ? AND NOT EXISTS (
            SELECT 1 FROM finished_work
            WHERE image_id = file.image_id AND kind = ? AND version = ?
        )
        """

    static func awaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int,
        _ db: Database
    ) throws -> [ImageID] {
        let statement = try db.cachedStatement(sql: awaiting + " ORDER BY image_id LIMIT ?")
        let arguments: StatementArguments = [
            after?.rawValue ?? 0, work.kind, work.version, limit,
        ]
        return try Int64.fetchAll(statement, arguments: arguments).map(ImageID.init(rawValue:))
    }

    static func awaitingCount(_ work: FinishedWork.Work, _ db: Database) throws -> Int {
        let statement = try db.cachedStatement(sql: "SELECT count(*) FROM (\(awaiting))")
        return try Int.fetchOne(statement, arguments: [0, work.kind, work.version]) ?? 0
    }
}
