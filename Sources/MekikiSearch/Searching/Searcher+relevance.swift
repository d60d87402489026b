import MekikiCore

extension Searcher {
    /// What a page's scores came from.
    struct Comparison {
        /// What was searched for in each channel of vectors, without what was excluded.
        var wanted: [Hit.Channel: Embedding] = [:]
        /// How many images took part in each.
        var totals: [Hit.Channel: Int] = [:]

        init(_ rankings: [Ranking]) {
            for ranking in rankings {
                wanted[ranking.channel] = ranking.wanted
                totals[ranking.channel] = ranking.total
            }
        }
    }

    /// What the scores of a page are to be compared with.
    struct Evidence {
        /// What background words find, by channel.
        var usual: [Hit.Channel: ScoreCalibration] = [:]
        /// Cosines of what was wanted alone, where something else was excluded.
        var pictures: [ImageID: Float] = [:]
        var wordMatchCount: Int?
        var imageCount = 0

        /// How sure a reason makes a hit.
        func relevance(of reason: Hit.Reason, _ image: ImageID, _ rule: RelevanceRule) -> Relevance?
        {
            switch reason.channel {
            case .image, .captionVector, .promptVector, .ocrVector:
                guard let usual = usual[reason.channel] else { return nil }
                let own = reason.channel == .image ? pictures[image] : nil
                return rule.relevance(of: own ?? reason.score.value, among: usual)
            case .fullText:
                return rule.relevance(
                    ofWordsIn: reason.snippet?.target,
                    matchCount: wordMatchCount ?? 0,
                    imageCount: imageCount
                )
            case .fusion, .reranker: return nil
            }
        }
    }

    /// Gathers what a page's scores are compared with.
    ///
    /// How near pictures are to each other is another matter than how near words are to them. A search is
    /// not worse for not knowing how sure its hits are, so what fails here is left out.
    func evidence(for page: FoundImages, _ scope: Scope, _ query: Query) async -> Evidence? {
        guard let background, !page.images.isEmpty else { return nil }
        var evidence = Evidence()
        evidence.wordMatchCount = page.comparison.totals[.fullText]
        evidence.imageCount = Int(clamping: scope.newest.rawValue)
        let isWhole = scope.included == nil && scope.excluded.isEmpty
        for channel in page.comparison.wanted.keys {
            // Nothing is said of a query that has a picture.
            guard channel != .image || query.isOfWords,
                let encoder = channel == .image ? textEncoder : wordsEncoder
            else { continue }
            evidence.usual[channel] = try? await background.usual(
                in: channel,
                of: catalog,
                encoder,
                count: isWhole ? page.comparison.totals[channel] : nil
            )
        }
        if let wanted = page.comparison.wanted[.image], !query.exclusions.isEmpty {
            let vectors = try? await catalog.embeddings(
                of: page.images.map(\.id),
                in: imageEncoder.space
            )
            evidence.pictures = (vectors ?? [:]).mapValues { vector in
                zip(vector.values, wanted.values).reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        return evidence
    }
}

extension Query {
    /// Whether all that pictures are compared with is words that are wanted.
    fileprivate var isOfWords: Bool {
        terms.allSatisfy { term in
            if case .words = term.content { term.weight > 0 } else { false }
        }
    }
}
