import GRDB
import MekikiCore
import MekikiVectors

/// Reads the vectors of a space from the catalog.
struct VectorReader {
    let spaceID: Int64
    /// A connection inside a transaction.
    let db: Database

    init(spaceID: Int64, _ db: Database) {
        self.spaceID = spaceID
        self.db = db
    }

    /// How many images are asked for at once.
    private static let batchCount = 1_000

    /// Sealed vectors in memory of the process's own, before they are given a file while others are read.
    private static let partsInMemory = 4

    private static let isHidden = """
        NOT EXISTS (SELECT 1 FROM file WHERE file.image_id = vector.image_id AND is_missing = 0)
        """

    /// Reads all vectors.
    ///
    /// - Parameters:
    ///   - matrix: Takes them.
    ///   - keepParts: Makes room, now and then.
    /// - Throws: What the database throws; `MekikiError` for a damaged vector.
    func readAll(
        into matrix: inout VectorMatrix,
        keepParts: (inout VectorMatrix) -> Void
    ) throws {
        let vectors = try db.cachedStatement(
            sql: "SELECT image_id, components FROM vector WHERE space_id = ?"
        )
        let rows = try Row.fetchCursor(vectors, arguments: [spaceID])
        while let row = try rows.next() {
            try set(row, isHidden: false, in: &matrix)
            if matrix.tailCount == 0, matrix.unkeptPartCount >= Self.partsInMemory {
                keepParts(&matrix)
            }
        }
        // Images without a present file are few: cheaper to list than to ask about each image.
        let hidden = try db.cachedStatement(
            sql: """
                SELECT id FROM image WHERE NOT EXISTS (
                    SELECT 1 FROM file WHERE image_id = image.id AND is_missing = 0
                )
                """
        )
        let ids = try Int64.fetchCursor(hidden)
        while let id = try ids.next() { matrix.setHidden(true, ImageID(rawValue: id)) }
    }

    /// Reads the vectors of some images; those that have none are passed over.
    func read(_ images: [ImageID], into matrix: inout VectorMatrix) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_id, components, \(Self.isHidden) FROM vector
                WHERE space_id = ? AND image_id IN (SELECT value FROM json_each(?))
                """
        )
        for first in stride(from: 0, to: images.count, by: Self.batchCount) {
            let batch = images[first..<min(images.count, first + Self.batchCount)]
            let list = IDList.json(batch.map(\.rawValue))
            let rows = try Row.fetchCursor(statement, arguments: [spaceID, list])
            while let row = try rows.next() {
                try set(row, isHidden: try row.decode(atIndex: 2), in: &matrix)
            }
        }
    }

    /// Reads the vectors that the matrix lacks.
    ///
    /// - Returns: How many.
    func readMissing(into matrix: inout VectorMatrix) throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT image_id FROM vector WHERE space_id = ?"
        )
        let ids = try Int64.fetchCursor(statement, arguments: [spaceID])
        var missing: [ImageID] = []
        while let id = try ids.next() {
            let image = ImageID(rawValue: id)
            if !matrix.contains(image) { missing.append(image) }
        }
        try read(missing, into: &matrix)
        return missing.count
    }

    /// Reads what has changed since a generation: new vectors, those of images that changed, and which
    /// images have a present file.
    ///
    /// - Returns: How many images changed.
    func readChanges(since generation: Int64, into matrix: inout VectorMatrix) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_change.image_id, components, NOT EXISTS (
                    SELECT 1 FROM file
                    WHERE file.image_id = image_change.image_id AND is_missing = 0
                )
                FROM image_change
                LEFT JOIN vector ON space_id = ? AND vector.image_id = image_change.image_id
                WHERE generation > ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [spaceID, generation])
        var count = 0
        while let row = try rows.next() {
            try set(row, isHidden: try row.decode(atIndex: 2), in: &matrix)
            count += 1
        }
        return count
    }

    /// Sets an image's row, or removes it when its vector is gone.
    private func set(_ row: Row, isHidden: Bool, in matrix: inout VectorMatrix) throws {
        let imageID = ImageID(rawValue: try row.decode(atIndex: 0))
        let isSet: Void? = try VectorRow.components(row, at: 1, dimension: matrix.dimension) {
            matrix.set(imageID, $0, isHidden: isHidden)
        }
        if isSet == nil { matrix.remove(imageID) }
    }
}
