import Foundation
import GRDB
import MekikiCore

/// The full-text table: a row for each image that has a present file, a column for each kind of words.
///
/// It follows from the other tables, and is brought up to date in the transactions that change them.
enum FullTextIndex {
    /// How much a match in a column counts, in the order of `TextTarget.allCases`: what was written about
    /// the picture counts most, what stands anywhere in its file least.
    static let weights: [Double] = [10, 4, 6, 5, 3, 1]

    private static let columns = TextTarget.allCases.map(\.rawValue).joined(separator: ", ")

    /// - `text_fts` keeps the texts, so that an entry can be taken out without its former words at hand.
    /// - `text_vocabulary` reads the index's own list of tokens; it takes no space.
    static let creation = """
        CREATE VIRTUAL TABLE text_fts USING fts5(
            \(columns), tokenize = '\(FullTextTokenizer.name)'
        );
        CREATE VIRTUAL TABLE text_vocabulary USING fts5vocab(text_fts, row);
        """

    /// Brings the entries of images up to date.
    ///
    /// - Parameters:
    ///   - imageIDs: Images whose texts, names or presence may have changed; unknown ones lose their entry.
    ///   - db: A connection that writes.
    /// - Throws: What the database throws.
    static func refresh(_ imageIDs: some Collection<Int64>, _ db: Database) throws {
        guard !imageIDs.isEmpty else { return }
        let removal = try db.cachedStatement(sql: "DELETE FROM text_fts WHERE rowid = ?")
        let places = TextTarget.allCases.map { _ in "?" }.joined(separator: ", ")
        let insertion = try db.cachedStatement(
            sql: "INSERT INTO text_fts (rowid, \(columns)) VALUES (?, \(places))"
        )
        for (id, texts) in try words(of: Array(imageIDs), db) {
            try removal.execute(arguments: [id])
            guard let texts else { continue }
            var arguments: StatementArguments = [id]
            for target in TextTarget.allCases {
                arguments += [texts.column(target)]
            }
            try insertion.execute(arguments: arguments)
        }
    }

    /// The words of images; `nil` for those that have no present file.
    private static func words(
        of ids: [Int64],
        _ db: Database
    ) throws -> [(id: Int64, texts: ImageTexts?)] {
        let files = try FileRow.files(of: ids.map(ImageID.init(rawValue:)), db)
        let texts = try TextFieldRow.texts(of: ids, db)
        return ids.map { id in
            let image = ImageID(rawValue: id)
            let present = (files[image] ?? []).filter { !$0.isMissing }.map(\.location)
            return (id, present.isEmpty ? nil : ImageTexts(texts[image] ?? [], present))
        }
    }

    /// Makes all entries anew.
    ///
    /// - Parameter db: A connection that writes.
    /// - Throws: What the database throws.
    static func rebuild(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM text_fts")
        var last: Int64 = 0
        while true {
            let ids = try Int64.fetchAll(
                db,
                sql: "SELECT id FROM image WHERE id > ? ORDER BY id LIMIT 1000",
                arguments: [last]
            )
            guard let end = ids.last else { break }
            try refresh(ids, db)
            last = end
        }
        try db.execute(sql: "INSERT INTO text_fts (text_fts) VALUES ('optimize')")
    }

    /// Whether each image with a present file has an entry, and no other.
    ///
    /// - Parameter db: A connection.
    /// - Returns: Whether that is so.
    /// - Throws: What the database throws.
    static func isComplete(_ db: Database) throws -> Bool {
        let differing = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*) FROM (
                    SELECT DISTINCT image_id AS id FROM file WHERE is_missing = 0
                ) AS shown FULL JOIN text_fts_docsize AS entry ON entry.id = shown.id
                WHERE shown.id IS NULL OR entry.id IS NULL
                """
        )
        return differing == 0
    }
}
