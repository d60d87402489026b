import GRDB
import MekikiCore

/// Questions to the full-text table.
enum FullTextRows {
    private static let rank =
        "bm25(text_fts, " + FullTextIndex.weights.map { "\($0)" }.joined(separator: ", ") + ")"

    /// The images that match: those with MeCab's words first, in each part by BM25, equals by number.
    static func matches(
        of query: FullTextQuery,
        _ request: TextRequest,
        _ db: Database
    ) throws -> TextSearchResult {
        let all = query.expression(request.targets)
        var parts = [all]
        if let words = query.wordExpression(request.targets) {
            parts = [words, "(\(all)) NOT (\(words))"]
        }
        if let included = request.included {
            var found: [TextSearchResult.Match] = []
            for part in parts {
                found += try matches(part, limit: -1, offset: 0, db)
                    .filter { included.contains($0.id) }
            }
            let page = found.dropFirst(request.offset).prefix(request.limit)
            return TextSearchResult(matches: Array(page), total: found.count)
        }
        let total = try count(all, db)
        var found: [TextSearchResult.Match] = []
        var offset = request.offset
        for (index, part) in parts.enumerated() where found.count < request.limit {
            let limit = request.limit - found.count
            found += try matches(part, limit: limit, offset: offset, db)
            // Only the first of two parts has to be counted apart.
            if index + 1 < parts.count, found.count < request.limit {
                offset = max(0, offset - (try count(part, db)))
            }
        }
        return TextSearchResult(matches: found, total: total)
    }

    private static func count(_ expression: String, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM text_fts WHERE text_fts MATCH ?"),
            arguments: [expression]
        ) ?? 0
    }

    private static func matches(
        _ expression: String,
        limit: Int,
        offset: Int,
        _ db: Database
    ) throws -> [TextSearchResult.Match] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid, \(rank) AS score FROM text_fts WHERE text_fts MATCH ?
                ORDER BY score, rowid LIMIT ? OFFSET ?
                """
        )
        let arguments: StatementArguments = [expression, limit, offset]
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        var matches: [TextSearchResult.Match] = []
        while let row = try rows.next() {
            let score: Double = try row.decode(atIndex: 1)
            matches.append(
                TextSearchResult.Match(
                    id: ImageID(rawValue: try row.decode(atIndex: 0)),
                    score: Float(-score)
                )
            )
        }
        return matches
    }

    /// Words that begin like this, most frequent first.
    static func suggestions(
        for beginning: String,
        limit: Int,
        _ db: Database
    ) throws -> [(word: String, count: Int)] {
        let tokens = TextTokenizer.tokens(of: beginning)
        guard let first = tokens.first else { return [] }
        let start: String
        if first.isUnspaced {
            guard let run = TextTokenizer.runs(in: tokens).first else { return [] }
            start = FullTextTokenizer.wordMark + run
        } else {
            start = first.text
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT term, doc FROM text_vocabulary WHERE term >= ? AND term < ?
                ORDER BY doc DESC, term LIMIT ?
                """
        )
        // No scalar of a token is as great as the last one of Unicode.
        let rows = try Row.fetchAll(statement, arguments: [start, start + "\u{10FFFF}", limit])
        return try rows.map { row in
            let term: String = try row.decode(atIndex: 0)
            let word = term.hasPrefix(FullTextTokenizer.wordMark) ? String(term.dropFirst()) : term
            return (word, try row.decode(atIndex: 1))
        }
    }
}
