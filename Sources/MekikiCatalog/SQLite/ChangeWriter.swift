import Foundation
import GRDB
import MekikiCore
import MekikiVectors

/// Writes one `CatalogChanges` within a transaction that its caller opened.
///
/// It only ever adds to the transaction: when it throws, the caller rolls everything back.
struct ChangeWriter {
    let db: Database
    /// Milliseconds since 1970.
    let now: Int64
    /// By the bytes of the path: equal strings may be two folders.
    private var rootIDs: [[UInt8]: Int64] = [:]
    private var spaceIDs: [VectorSpace: Int64] = [:]
    /// Images whose vectors or presence may have changed.
    private var changed: Set<Int64> = []
    /// Images whose words, names or presence may have changed.
    private var reworded: Set<Int64> = []

    init(_ db: Database, now: Date) {
        self.db = db
        self.now = Int64((now.timeIntervalSince1970 * 1000).rounded(.down))
    }

    /// Writes changes, in the order of their properties.
    mutating func write(_ changes: CatalogChanges) throws {
        for addition in changes.additions { try add(addition) }
        for vector in changes.vectors {
            try checkExists(vector.imageID)
            try setVector(vector.embedding, of: vector.imageID.rawValue, in: vector.space)
        }
        for vector in changes.textVectors { try setTextVector(vector) }
        for (id, metadata) in changes.metadata { try setMetadata(metadata, of: id) }
        for change in changes.texts { try setTexts(change) }
        for work in changes.finished {
            try checkExists(work.imageID)
            try FinishedWorkRow.write(work, db)
        }
        for file in changes.sightings {
            try checkExists(file.imageID)
            try setFile(file.location, file.stamp, file.imageID.rawValue)
        }
        for location in changes.missing { try markMissing(location) }
        for location in changes.removals { try remove(location) }
        for failure in changes.failures { try setFailure(failure) }
        if !changes.keepsImagesWithoutFile { try removeImagesWithoutFile() }
        try recordChanges()
        try FullTextIndex.refresh(reworded.sorted(), db)
    }

    private mutating func add(_ addition: CatalogChanges.Addition) throws {
        let imageID = try imageID(of: addition.content)
        try setFile(addition.location, addition.stamp, imageID)
        if let (space, embedding) = addition.vector {
            try setVector(embedding, of: imageID, in: space)
        }
    }

    /// The image's number, given now if its content is new; a known image keeps its record.
    private mutating func imageID(of content: ImageContent) throws -> Int64 {
        let known = try db.cachedStatement(sql: "SELECT id FROM image WHERE hash = ?")
        let hash = Data(content.hash.bytes)
        if let id = try Int64.fetchOne(known, arguments: [hash]) { return id }
        try db.cachedStatement(sql: ImageRow.insertion)
            .execute(arguments: try ImageRow.arguments(content, addedAt: now))
        let id = db.lastInsertedRowID
        _ = try MetadataRows.write(content.metadata, of: id, db)
        reworded.insert(id)
        return id
    }

    private mutating func setMetadata(_ metadata: ImageMetadata, of id: ImageID) throws {
        try checkExists(id)
        let arguments = try ImageRow.metadataArguments(metadata, of: id.rawValue)
        try db.cachedStatement(sql: ImageRow.metadataUpdate).execute(arguments: arguments)
        if try MetadataRows.write(metadata, of: id.rawValue, db) {
            changed.insert(id.rawValue)
            reworded.insert(id.rawValue)
        }
    }

    private mutating func setTexts(_ change: TextChange) throws {
        try change.check()
        try checkExists(change.imageID)
        let id = change.imageID.rawValue
        if try TextFieldRow.replace(change.texts, of: change.origin, id, db) {
            changed.insert(id)
            reworded.insert(id)
        }
        if change.origin == .ocr { try TextLineRow.replace(change.lines, of: id, db) }
    }

    private mutating func setFile(
        _ location: FileLocation,
        _ stamp: FileStamp,
        _ imageID: Int64
    ) throws {
        let rootID = try rootID(location.root)
        let former = try db.cachedStatement(
            sql: "SELECT image_id, is_missing FROM file WHERE root_id = ? AND path = ?"
        )
        var isShownAsBefore = false
        if let row = try Row.fetchOne(former, arguments: [rootID, location.path]) {
            let formerID: Int64 = row[0]
            let wasMissing: Bool = row[1]
            // A new stamp of a present file changes nothing that a search sees.
            isShownAsBefore = formerID == imageID && !wasMissing
            if formerID != imageID {
                try WrittenWords.carry(from: formerID, to: imageID, db)
                changed.insert(formerID)
                reworded.insert(formerID)
            }
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO file (
                    root_id, path, byte_count, modified_at, inode, image_id, is_missing
                ) VALUES (?, ?, ?, ?, ?, ?, 0)
                ON CONFLICT (root_id, path) DO UPDATE SET
                    byte_count = excluded.byte_count, modified_at = excluded.modified_at,
                    inode = excluded.inode, image_id = excluded.image_id, is_missing = 0
                """
        ).execute(
            arguments: [
                rootID, location.path, stamp.byteCount, stamp.modifiedAt,
                FileRow.stored(stamp.inode), imageID,
            ]
        )
        try removeFailure(rootID, location.path)
        if !isShownAsBefore {
            changed.insert(imageID)
            reworded.insert(imageID)
        }
    }

    private mutating func setVector(
        _ embedding: Embedding,
        of imageID: Int64,
        in space: VectorSpace
    ) throws {
        try space.check(.image)
        let vector = try HalfVector(embedding, in: space)
        try db.cachedStatement(
            sql: """
                INSERT INTO vector (space_id, image_id, components) VALUES (?, ?, ?)
                ON CONFLICT (space_id, image_id) DO UPDATE SET components = excluded.components
                """
        ).execute(arguments: [try spaceID(space), imageID, vector.withBytes { Data($0) }])
        changed.insert(imageID)
    }

    private mutating func setTextVector(_ addition: CatalogChanges.TextVectorAddition) throws {
        let (id, space) = (addition.textID, addition.space)
        try space.check(.text)
        let components = try addition.passages.reduce(into: Data()) { data, passage in
            try HalfVector(passage, in: space).withBytes { data.append(contentsOf: $0) }
        }
        guard !components.isEmpty else { return }
        try db.cachedStatement(
            sql: """
                INSERT INTO text_vector (space_id, text_field_id, components)
                SELECT ?, id, ? FROM text_field
                WHERE image_id = ? AND origin = ? AND position = ?
                ON CONFLICT (space_id, text_field_id) DO UPDATE
                    SET components = excluded.components
                """
        ).execute(
            arguments: [
                try spaceID(space), components, id.imageID.rawValue, id.origin, id.position,
            ]
        )
        guard db.changesCount > 0 else { throw MekikiError.unknownText(id) }
        changed.insert(id.imageID.rawValue)
    }

    private mutating func markMissing(_ location: FileLocation) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE file SET is_missing = 1
                WHERE root_id = (SELECT id FROM root WHERE path = ?) AND path = ?
                RETURNING image_id
                """
        )
        let arguments: StatementArguments = [location.root, location.path]
        let imageIDs = try Int64.fetchAll(statement, arguments: arguments)
        changed.formUnion(imageIDs)
        reworded.formUnion(imageIDs)
    }

    private mutating func remove(_ location: FileLocation) throws {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM file
                WHERE root_id = (SELECT id FROM root WHERE path = ?) AND path = ?
                RETURNING image_id
                """
        )
        let arguments: StatementArguments = [location.root, location.path]
        let imageIDs = try Int64.fetchAll(statement, arguments: arguments)
        changed.formUnion(imageIDs)
        reworded.formUnion(imageIDs)
        try removeFailure(try rootID(location.root), location.path)
    }

    private mutating func setFailure(_ failure: FailureRecord) throws {
        try markMissing(failure.location)
        try db.cachedStatement(
            sql: """
                INSERT INTO failure (root_id, path, byte_count, modified_at, inode, reason)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (root_id, path) DO UPDATE SET
                    byte_count = excluded.byte_count, modified_at = excluded.modified_at,
                    inode = excluded.inode, reason = excluded.reason
                """
        ).execute(
            arguments: [
                try rootID(failure.location.root), failure.location.path, failure.stamp.byteCount,
                failure.stamp.modifiedAt, FileRow.stored(failure.stamp.inode), failure.reason,
            ]
        )
    }

    private func removeFailure(_ rootID: Int64, _ path: String) throws {
        try db.cachedStatement(sql: "DELETE FROM failure WHERE root_id = ? AND path = ?")
            .execute(arguments: [rootID, path])
    }

    private func checkExists(_ id: ImageID) throws {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM image WHERE id = ?")
        guard try Int.fetchOne(statement, arguments: [id.rawValue]) != nil else {
            throw MekikiError(.badData, "The library holds no image \(id).")
        }
    }

    /// Last, when moves are complete.
    private mutating func removeImagesWithoutFile() throws {
        // Texts and vectors go with their image (ON DELETE CASCADE).
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM image
                WHERE NOT EXISTS (SELECT 1 FROM file WHERE image_id = image.id)
                RETURNING id
                """
        )
        let imageIDs = try Int64.fetchAll(statement)
        changed.formUnion(imageIDs)
        reworded.formUnion(imageIDs)
    }

    private func recordChanges() throws {
        guard !changed.isEmpty else { return }
        let last = try db.cachedStatement(sql: VectorCache.generationQuery)
        let generation = try Int64.fetchOne(last) ?? 0
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO image_change (image_id, generation) VALUES (?, ?)
                ON CONFLICT (image_id) DO UPDATE SET generation = excluded.generation
                """
        )
        for id in changed { try statement.execute(arguments: [id, generation + 1]) }
    }

    private mutating func rootID(_ path: String) throws -> Int64 {
        let key = Array(path.utf8)
        if let id = rootIDs[key] { return id }
        let id =
            try Int64.fetchOne(db, sql: "SELECT id FROM root WHERE path = ?", arguments: [path])
            ?? insert("INSERT INTO root (path) VALUES (?)", [path])
        rootIDs[key] = id
        return id
    }

    private mutating func spaceID(_ space: VectorSpace) throws -> Int64 {
        if let id = spaceIDs[space] { return id }
        let id = try SpaceRow.madeID(of: space, db)
        spaceIDs[space] = id
        return id
    }

    private func insert(_ sql: String, _ arguments: StatementArguments) throws -> Int64 {
        try db.execute(sql: sql, arguments: arguments)
        return db.lastInsertedRowID
    }
}
