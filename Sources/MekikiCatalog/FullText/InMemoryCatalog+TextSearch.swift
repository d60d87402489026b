import MekikiCore

extension InMemoryCatalog: TextSearch {
    /// The images that have the words.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - request: Where, how many, from which place on, among which images.
    /// - Returns: The matches, best first, with the number of all.
    public func matches(of query: TextQuery, _ request: TextRequest) -> TextSearchResult {
        guard let query = FullTextQuery(query) else {
            return TextSearchResult(matches: [], total: 0)
        }
        let found = tables.presentImages.sorted().compactMap { id -> TextSearchResult.Match? in
            guard request.included?.contains(id) ?? true else { return nil }
            let tokens = texts(of: id).tokens
            guard query.matches(tokens, request.targets) else { return nil }
            // How often, by the weight of the kind: a simple stand-in for BM25.
            var score = 0.0
            for (target, weight) in zip(TextTarget.allCases, FullTextIndex.weights)
            where request.targets.contains(target) {
                let count = query.wanted.reduce(0) { count, phrase in
                    count + phrase.places(in: tokens[target] ?? []).count
                }
                score += weight * Double(count) / Double(tokens[target]?.count ?? 1)
            }
            return TextSearchResult.Match(id: id, score: Float(score))
        }
        let sorted = found.sorted { ($1.score, $0.id) < ($0.score, $1.id) }
        return TextSearchResult(
            matches: Array(sorted.dropFirst(request.offset).prefix(request.limit)),
            total: sorted.count
        )
    }

    /// Where the words stand in images.
    ///
    /// - Parameters:
    ///   - query: The words.
    ///   - ids: The images, a page of them.
    ///   - targets: Which kinds of words.
    /// - Returns: For each image the best pieces of its texts.
    public func snippets(
        of query: TextQuery,
        in ids: [ImageID],
        targets: Set<TextTarget>
    ) -> [ImageID: [TextSnippet]] {
        guard let query = FullTextQuery(query) else { return [:] }
        let maker = SnippetMaker(query: query, targets: targets)
        var snippets: [ImageID: [TextSnippet]] = [:]
        for id in ids {
            let found = maker.snippets(of: texts(of: id))
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
    public func suggestions(for beginning: String, limit: Int) -> [(word: String, count: Int)] {
        guard let start = TextTokenizer.tokens(of: beginning).first else { return [] }
        let run = TextTokenizer.runs(in: TextTokenizer.tokens(of: beginning)).first
        let wanted = start.isUnspaced ? run ?? start.text : start.text
        var counts: [String: Int] = [:]
        for id in tables.presentImages {
            let texts = texts(of: id)
            let words =
                start.isUnspaced
                ? texts.byTarget.values.joined().flatMap {
                    WordSegmenter.shared?.orderingWords(of: $0.text) ?? []
                } : texts.tokens.values.flatMap { $0.map(\.text) }
            for word in Set(words) where word.hasPrefix(wanted) { counts[word, default: 0] += 1 }
        }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(limit).map { ($0.key, $0.value) }
    }

    private func texts(of id: ImageID) -> ImageTexts {
        let files = tables.files.values.filter { $0.imageID == id && !$0.isMissing }
        return ImageTexts(tables.allTexts(of: id), files.map(\.location))
    }
}
