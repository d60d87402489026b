import Foundation
import GRDB
import MekikiCore

extension SQLiteCatalog {
    /// Reads the whole file and checks that its parts fit together.
    ///
    /// - Throws: `MekikiError` with code `badData` that says what SQLite found, and what to do.
    /// - Complexity: O(n) in the size of the file; seconds for a large library.
    public func checkIntegrity() async throws {
        let findings = try await read { database in
            let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(5)")
                .filter { $0 != "ok" }
            // On damaged pages the other questions would only say the same.
            guard pages.isEmpty else { return pages }
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
            guard orphans == 0 else { return ["\(orphans) rows refer to rows that are gone"] }
            let vectors = try ["vector", "text_vector"].reduce(0) {
                try $0 + VectorRow.damagedRows(database, in: $1, limit: 1000).count
            }
            guard vectors == 0 else {
                return [
                    vectors == 1
                        ? "1 vector has not unit length" : "\(vectors) vectors have not unit length"
                ]
            }
            guard try FullTextIndex.isComplete(database) else {
                return ["the full-text index lacks images, or has too many"]
            }
            return try ChecksummedTable.all(database).compactMap { table in
                let count = try table.damagedRowCount(database)
                guard count > 0 else { return nil }
                return count == 1
                    ? "1 row of \(table.name) is not as it was written"
                    : "\(count) rows of \(table.name) are not as they were written"
            }
        }
        guard let first = findings.first else {
            return try await checkFullText()
        }
        // SQLite puts a heading on a line of its own before some findings.
        let finding =
            first.split(separator: "\n").first { !$0.hasPrefix("***") }.map(String.init) ?? first
        throw MekikiError(
            .badData,
            "The catalog is damaged (\(finding)). " + MekikiError.repairAdvice,
            subject: path.path
        )
    }

    /// Lets SQLite check the full-text index against the texts in it.
    ///
    /// That counts as writing, though it changes nothing: where nobody may write, or somebody else does for
    /// long, it is left.
    private func checkFullText() async throws {
        guard isWritable else { return }
        do {
            try await write { db in
                try db.execute(sql: "INSERT INTO text_fts (text_fts) VALUES ('integrity-check')")
            }
        } catch let error as MekikiError where [.cannotCreate, .unavailable].contains(error.code) {
            return
        }
    }

    /// The contents of all images, and which of them have a present file.
    ///
    /// - Returns: All contents, and the present ones' images.
    /// - Throws: `MekikiError` when the library can't be read.
    public func contents() async throws -> (
        known: Set<ContentHash>, present: [ContentHash: ImageID]
    ) {
        try await read { db in
            var known: Set<ContentHash> = []
            var present: [ContentHash: ImageID] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, hash, EXISTS (
                        SELECT 1 FROM file WHERE image_id = image.id AND is_missing = 0
                    ) FROM image
                    """
            )
            while let row = try rows.next() {
                let hash = try ContentHash(bytes: Array(try row.decode(Data.self, atIndex: 1)))
                known.insert(hash)
                if try row.decode(Bool.self, atIndex: 2) {
                    present[hash] = ImageID(rawValue: try row.decode(atIndex: 0))
                }
            }
            return (known, present)
        }
    }

    /// Closes the file; nothing can be read afterwards.
    ///
    /// - Throws: `MekikiError` when something is still being read.
    package func close() throws {
        try MekikiError.mappingSQLite(path) {
            try current.withLock { opened in
                // First the readers: the last connection that closes puts the log into the file, and a
                // reader can't.
                opened.pool.invalidateReadOnlyConnections()
                try opened.pool.close()
            }
        }
    }
}
