import Foundation
import GRDB
import MekikiCore

/// A row of `tag`.
enum TagRow {
    /// Gives images the tags of one set of labels, in place of those that they had of it.
    static func write(
        _ assignments: [TagAssignment],
        _ labelSet: String,
        _ spaceID: Int64,
        _ db: Database
    ) throws {
        let image = try db.cachedStatement(sql: "SELECT 1 FROM image WHERE id = ?")
        let removal = try db.cachedStatement(
            sql: "DELETE FROM tag WHERE image_id = ? AND label_set = ?"
        )
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO tag (image_id, space_id, label_set, label, probability)
                VALUES (?, ?, ?, ?, ?)
                """
        )
        for assignment in assignments {
            let id = assignment.imageID.rawValue
            guard try Int.fetchOne(image, arguments: [id]) != nil else {
                throw MekikiError(.badData, "The library holds no image \(id).")
            }
            try removal.execute(arguments: [id, labelSet])
            for label in assignment.labels {
                try insertion.execute(
                    arguments: [id, spaceID, labelSet, label.label, Double(label.probability)]
                )
            }
        }
    }

    /// The tags of images.
    static func tags(of ids: [Int64], _ db: Database) throws -> [ImageID: [ImageTag]] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_id, label, probability, label_set, model, revision, dimension
                FROM tag JOIN space ON space.id = space_id
                WHERE image_id IN (SELECT value FROM json_each(?))
                ORDER BY image_id, label_set, probability DESC, label
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [IDList.json(ids)])
        var tags: [ImageID: [ImageTag]] = [:]
        while let row = try rows.next() {
            let probability: Double = try row.decode(atIndex: 2)
            let tag = ImageTag(
                label: try row.decode(atIndex: 1),
                probability: Float(probability),
                labelSet: try row.decode(atIndex: 3),
                space: VectorSpace(
                    model: try row.decode(atIndex: 4),
                    revision: try row.decode(atIndex: 5),
                    dimension: try row.decode(atIndex: 6)
                )
            )
            tags[ImageID(rawValue: try row.decode(atIndex: 0)), default: []].append(tag)
        }
        return tags
    }

    /// The sets of labels that have given tags.
    static func labelSets(_ db: Database) throws -> [LabelSetCount] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT label_set, count(DISTINCT image_id), count(*) FROM tag
                GROUP BY label_set ORDER BY label_set
                """
        )
        return try rows.map { row in
            LabelSetCount(
                labelSet: try row.decode(atIndex: 0),
                imageCount: try row.decode(atIndex: 1),
                tagCount: try row.decode(atIndex: 2)
            )
        }
    }
}
