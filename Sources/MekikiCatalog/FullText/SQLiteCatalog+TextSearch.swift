import GRDB
import MekikiCore

extension SQLiteCatalog: TextSearch {
    /// The images that have the words.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - request: Where, how many, from which place on, among which images.
    /// - Returns: The matches, best first, with the number of all.
    /// - Throws: `MekikiError` when the library can't be read.
    public func matches(
        of query: TextQuery,
        _ request: TextRequest
    ) async throws -> TextSearchResult {
        guard let query = FullTextQuery(query), !request.targets.isEmpty else {
            return TextSearchResult(matches: [], total: 0)
        }
        return try await read { db in try FullTextRows.matches(of: query, request, db) }
    }

    /// Where the words stand in images.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - ids: The images, a page of them.
    ///   - targets: Which kinds of words.
    /// - Returns: For each image the best pieces of its texts.
    /// - Throws: `MekikiError` when the library can't be read.
    public func snippets(
        of query: TextQuery,
        in ids: [ImageID],
        targets: Set<TextTarget>
    ) async throws -> [ImageID: [TextSnippet]] {
        guard let query = FullTextQuery(query), !ids.isEmpty else { return [:] }
        let (texts, files) = try await read { db in
            (
                try TextFieldRow.texts(of: ids.map(\.rawValue), db), try FileRow.files(of: ids, db)
            )
        }
        let maker = SnippetMaker(query: query, targets: targets)
        var snippets: [ImageID: [TextSnippet]] = [:]
        for id in ids {
            let present = (files[id] ?? []).filter { !$0.isMissing }.map(\.location)
            let found = maker.snippets(of: ImageTexts(texts[id] ?? [], present))
            if !found.isEmpty { snippets[id] = found }
        }
        return snippets
    }

    /// Words that begin like this, most frequent first.
    ///
    /// - Parameters:
    ///   - beginning: The beginning of a word.
    ///   - limit: How many are wanted.
    /// - Returns: The words with the number of images that have them.
    /// - Throws: `MekikiError` when the library can't be read.
    public func suggestions(
        for beginning: String,
        limit: Int
    ) async throws -> [(word: String, count: Int)] {
        try await read { db in
            try FullTextRows.suggestions(for: beginning, limit: limit, db)
        }
    }
}
