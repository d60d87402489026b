import Foundation
import GRDB
import MekikiCore

/// A new catalog, written from the rows of a damaged one.
enum RebuiltCatalog {
    /// Writes the file, and closes it.
    ///
    /// - Parameters:
    ///   - salvage: The rows of the damaged catalog.
    ///   - pages: The pages that they are read from.
    ///   - file: The new file, which doesn't exist.
    ///   - texts: Reads texts again that may be lost.
    /// - Returns: What is in it, without the place where the damaged one is kept.
    /// - Throws: `MekikiError` with code `configuration` for a newer version's; what the database throws.
    static func write(
        _ salvage: CatalogSalvage,
        _ pages: DatabasePages,
        to file: URL,
        _ texts: CatalogRepair.TextReading
    ) throws -> RepairReport {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA page_size = \(CatalogSchema.pageSize)")
            // The file counts only when it is whole and on the disk, so nothing has to be undone.
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = MEMORY")
            try db.execute(sql: "PRAGMA synchronous = OFF")
            db.add(function: RowChecksum.function)
            db.add(tokenizer: FullTextTokenizer.self)
        }
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        // Rows go into the tables that they come from; what later versions change, they change then.
        let known = CatalogSchema.migrator.migrations
        let applied = Set(salvage.migrations())
        guard applied.isSubset(of: known) else { throw CatalogSchema.tooNew }
        let last = known.last(where: applied.contains) ?? known.last
        if let last { try CatalogSchema.migrator.migrate(queue, upTo: last) }
        var report = RepairReport(keptAs: "", pageCount: pages.count, damagedPageCount: 0)
        try queue.writeWithoutTransaction(ChecksummedTable.keepSums)
        try queue.write { db in
            let findings = try fill(db, from: salvage)
            report.damagedPageCount = findings.damagedPages
            report.mayLackTags = try findings.mayLackTags && db.tableExists("tag")
            try removeWhatDoesNotFit(db, &report)
            try readTexts(db, findings, texts, &report)
            try removeVectorsOfLostTexts(db)
            // Files of vectors are of the old catalog's generations.
            try db.execute(
                sql: "DELETE FROM setting WHERE key GLOB ?",
                arguments: ["\(VectorKeeper.settingPrefix)*"]
            )
            // Servers that have the old vectors in memory open the new file, and read everything.
            try db.execute(sql: "INSERT INTO image_change SELECT id, 1 FROM image")
        }
        try CatalogSchema.migrator.migrate(queue)
        try queue.write { db in
            try FullTextIndex.rebuild(db)
            // The choice may have stood on a damaged page.
            guard try SpaceSelectionRow.selection(of: .image, db).current == nil else { return }
            try CatalogSchema.chooseFullestSpace(db)
        }
        try queue.read { try count($0, &report) }
        try queue.close()
        return report
    }

    private static func fill(
        _ db: Database,
        from salvage: CatalogSalvage
    ) throws -> CatalogSalvage.Findings {
        var columns: [SalvagedTable: [ColumnInfo]] = [:]
        for table in SalvagedTable.allCases where table != .migration && table != .sequence {
            // One that the damaged catalog's version didn't know yet.
            guard try db.tableExists(table.rawValue) else { continue }
            columns[table] = try db.columns(in: table.rawValue)
        }
        // Numbers that were given once are never given again, even where their image is lost.
        var greatestImage: Int64 = 0
        func saw(_ image: DatabaseRecord.Value) {
            // A damaged number may be any; nobody has a trillion images.
            if case .integer(let id) = image, id < 1 << 40 {
                greatestImage = max(greatestImage, id)
            }
        }
        let findings = try salvage.forEachRow { table, number, values in
            switch table {
            case .migration: return true
            case .sequence:
                saw(values[1])
                return true
            case .image: saw(.integer(number))
            case .file: saw(values[4])
            case .vector: saw(values[1])
            default: break
            }
            var values = values
            if table.hasNumber { values[0] = .integer(number) }
            guard let known = columns[table], values.count <= known.count else { return false }
            for (place, column) in known.prefix(values.count).enumerated()
            where column.type == "REAL" {
                if case .integer(let number) = values[place] {
                    values[place] = .real(Double(number))
                }
            }
            let names = known.map(\.name)
            guard isAsWritten(values, names) else { return false }
            try insert(db, table, names, values)
            return true
        }
        try db.execute(
            sql: """
                DELETE FROM sqlite_sequence WHERE name = 'image';
                INSERT INTO sqlite_sequence (name, seq) VALUES ('image', ?);
                """,
            arguments: [greatestImage]
        )
        return findings
    }

    /// Whether a row's checksum is right; rows of a version that knew none have none.
    private static func isAsWritten(_ values: [DatabaseRecord.Value], _ names: [String]) -> Bool {
        guard let place = names.firstIndex(of: ChecksummedTable.column), place < values.count else {
            return true
        }
        var others = values
        let sum = others.remove(at: place)
        return sum == .integer(RowChecksum(of: others).value)
    }

    private static func insert(
        _ db: Database,
        _ table: SalvagedTable,
        _ names: [String],
        _ values: [DatabaseRecord.Value]
    ) throws {
        // As in `ImageRow`: a text may hold a NUL, so it is bound as bytes.
        let places = values.map { if case .text = $0 { "CAST(? AS TEXT)" } else { "?" } }
        let statement = try db.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO \(table.rawValue) (
                    \(names.prefix(values.count).joined(separator: ", "))
                ) VALUES (\(places.joined(separator: ", ")))
                """
        )
        let arguments = values.map { value -> DatabaseValue in
            switch value {
            case .null: .null
            case .integer(let number): number.databaseValue
            case .real(let number): number.databaseValue
            case .text(let bytes), .blob(let bytes): Data(bytes).databaseValue
            }
        }
        do {
            try statement.execute(arguments: StatementArguments(arguments))
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            // A value that the column can't have; the row counts as lost.
        }
    }

    /// Removes rows that refer to lost ones, and those that hold what no row holds.
    private static func removeWhatDoesNotFit(_ db: Database, _ report: inout RepairReport) throws {
        let formats = ImageFormat.allCases.map(\.rawValue)
        for format in try String.fetchAll(db, sql: "SELECT DISTINCT format FROM image")
        where !formats.contains(format) {
            try db.execute(sql: "DELETE FROM image WHERE format = ?", arguments: [format])
        }
        try db.execute(sql: "DELETE FROM image WHERE width < 1 OR height < 1 OR byte_count < 1")
        try db.execute(sql: "DELETE FROM file WHERE root_id NOT IN (SELECT id FROM root)")
        try db.execute(sql: "DELETE FROM failure WHERE root_id NOT IN (SELECT id FROM root)")
        // Forgotten, they are new to the next run, which reads them; their stamps alone would say that
        // nothing has changed.
        let orphans = "image_id NOT IN (SELECT id FROM image)"
        report.filesToRead =
            try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM file WHERE is_missing = 0 AND \(orphans)"
            ) ?? 0
        report.lostFiles = try String.fetchAll(
            db,
            sql: """
                SELECT root.path || '/' || file.path FROM file JOIN root ON root.id = root_id
                WHERE is_missing = 1 AND \(orphans) ORDER BY 1
                """
        )
        report.folders = try String.fetchAll(db, sql: "SELECT path FROM root ORDER BY path")
        let tags = try db.tableExists("tag") ? ["tag"] : []
        let words = try db.tableExists("generation") ? WordTables.checksummed : []
        for table in ["file", "vector", "text_field"] + tags + words {
            try db.execute(sql: "DELETE FROM \(table) WHERE \(orphans)")
        }
        for table in ["vector"] + tags {
            try db.execute(sql: "DELETE FROM \(table) WHERE space_id NOT IN (SELECT id FROM space)")
        }
        for id in try VectorRow.damagedRows(db, limit: .max) {
            try db.execute(sql: "DELETE FROM vector WHERE id = ?", arguments: [id])
        }
    }

    /// Removes vectors of texts that are lost, were read again or are damaged; the next run makes them.
    private static func removeVectorsOfLostTexts(_ db: Database) throws {
        guard try db.tableExists(SalvagedTable.textVector.rawValue) else { return }
        try db.execute(
            sql: """
                DELETE FROM text_vector WHERE text_field_id NOT IN (SELECT id FROM text_field)
                    OR space_id NOT IN (SELECT id FROM space)
                """
        )
        for id in try VectorRow.damagedRows(db, in: "text_vector", limit: .max) {
            try db.execute(sql: "DELETE FROM text_vector WHERE id = ?", arguments: [id])
        }
    }

    /// Reads texts again that may have stood on a damaged page.
    ///
    /// Texts are numbered as they come, those of an image in a row, and images too. So lost ones leave a
    /// gap in the numbers, and belonged to the images on either side of it or between them.
    private static func readTexts(
        _ db: Database,
        _ findings: CatalogSalvage.Findings,
        _ texts: CatalogRepair.TextReading,
        _ report: inout RepairReport
    ) throws {
        var doubtful: Set<Int64> = []
        var last = (id: Int64(0), image: Int64(0))
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT id, image_id FROM text_field WHERE id < ? ORDER BY id",
            arguments: [TextFieldRow.firstOther]
        )
        var gaps: [ClosedRange<Int64>] = []
        while let row = try rows.next() {
            let next = (
                id: try row.decode(Int64.self, atIndex: 0),
                image: try row.decode(Int64.self, atIndex: 1)
            )
            if next.id != last.id + 1 {
                gaps.append(min(last.image, next.image)...max(last.image, next.image))
            }
            last = next
        }
        if findings.mayLackTexts { gaps.append(last.image...Int64.max) }
        for gap in gaps {
            doubtful.formUnion(
                try Int64.fetchAll(
                    db,
                    sql: "SELECT id FROM image WHERE id BETWEEN ? AND ?",
                    arguments: [gap.lowerBound, gap.upperBound]
                )
            )
        }
        let hasWords = try db.tableExists("generation")
        // What was read in pictures may be lost as well, and nothing tells whose: it is done again.
        if findings.mayLackTexts, hasWords { try db.execute(sql: "DELETE FROM finished_work") }
        let tagTables = try db.tableExists("tag") ? ["tag"] : []
        let wordTables = hasWords ? WordTables.checksummed : []
        for id in doubtful.sorted() {
            let hash = try Data.fetchOne(
                db,
                sql: "SELECT hash FROM image WHERE id = ?",
                arguments: [id]
            )
            guard let hash else { continue }
            let content = try ContentHash(bytes: Array(hash))
            let places = try Row.fetchAll(
                db,
                sql: """
                    SELECT root.path, file.path FROM file JOIN root ON root.id = root_id
                    WHERE image_id = ? AND is_missing = 0
                    """,
                arguments: [id]
            )
            let found = try places.lazy.compactMap { row in
                texts(
                    FileLocation(
                        root: try row.decode(atIndex: 0),
                        path: try row.decode(atIndex: 1)
                    ),
                    content
                )
            }.first
            guard let found else {
                if try isWithoutFile(db, id) {
                    // Its files' rows are lost too: the next run finds them, and would take the image
                    // as it is. Forgotten, it comes back with its texts.
                    for table in ["vector", "text_field"] + tagTables + wordTables {
                        try db.execute(
                            sql: "DELETE FROM \(table) WHERE image_id = ?",
                            arguments: [id]
                        )
                    }
                    try db.execute(sql: "DELETE FROM image WHERE id = ?", arguments: [id])
                } else {
                    report.imagesWithTextsInDoubt += 1
                }
                continue
            }
            report.imagesWithTextsRead += 1
            if hasWords {
                _ = try MetadataRows.write(found, of: id, db)
            } else {
                let texts = found.textChunks
                _ = try TextFieldRow.replace(texts, of: .file, id, db)
            }
        }
    }

    private static func isWithoutFile(_ db: Database, _ id: Int64) throws -> Bool {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM file WHERE image_id = ?)"
        return try Bool.fetchOne(db, sql: sql, arguments: [id]) ?? false
    }

    private static func count(_ db: Database, _ report: inout RepairReport) throws {
        func count(_ sql: String) throws -> Int {
            try Int.fetchOne(db, sql: "SELECT count(*) FROM " + sql) ?? 0
        }
        report.imageCount = try count("image")
        report.fileCount = try count("file")
        report.vectorCount = try count("vector") + count("text_vector")
        report.textCount = try count("text_field")
        report.tagCount = try count("tag")
        report.failureCount = try count("failure")
        report.settingCount = try count("setting")
        // Of the model that answers: others may never have had all.
        if let current = try SpaceSelectionRow.selection(of: .image, db).current {
            report.imagesToEncode = try SpaceRow.lackingCount(in: current.space, db)
        }
    }
}
