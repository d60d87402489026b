import MekikiCore

/// The flow outwards: a query goes to the channels that suit it, and their rankings become one.
public struct Searcher: Sendable {
    let catalog: any Catalog
    let imageEncoder: any ImageEncoder
    let textEncoder: any TextEncoder
    /// Makes vectors of words to compare with those of texts; `nil` where there is none.
    let wordsEncoder: (any TextEncoder)?
    let reranker: (any Reranker)?
    let fusion: RankFusion
    let background: RelevanceBackground?
    let rule: RelevanceRule

    /// How far each channel is asked where several are fused: further down, an image's place in one of
    /// them makes no difference to the first pages.
    static let depth = 400

    /// How many of the best hits a reranker reads.
    static let rerankedCount = 32

    /// Creates a searcher.
    ///
    /// - Parameters:
    ///   - catalog: What is searched.
    ///   - imageEncoder: What makes vectors of pictures in the query.
    ///   - textEncoder: What makes vectors of words, in the same space.
    ///   - wordsEncoder: What makes vectors of words in a space of texts.
    ///   - reranker: What orders the best hits anew when a query asks for it.
    ///   - fusion: How rankings become one.
    ///   - background: What scores are compared with to say how sure a hit is; `nil` to say nothing.
    ///   - rule: How sure a hit is.
    public init(
        catalog: any Catalog,
        imageEncoder: any ImageEncoder,
        textEncoder: any TextEncoder,
        wordsEncoder: (any TextEncoder)? = nil,
        reranker: (any Reranker)? = nil,
        fusion: RankFusion = RankFusion(),
        background: RelevanceBackground? = nil,
        rule: RelevanceRule = RelevanceRule()
    ) {
        precondition(
            imageEncoder.space == textEncoder.space,
            "Words and pictures are compared, so their encoders share one space."
        )
        precondition(
            wordsEncoder.map { $0.space.role == .text } ?? true,
            "Texts are compared in a space of texts."
        )
        self.catalog = catalog
        self.imageEncoder = imageEncoder
        self.textEncoder = textEncoder
        self.wordsEncoder = wordsEncoder
        self.reranker = reranker
        self.fusion = fusion
        self.background = background
        self.rule = rule
    }

    /// Answers a query.
    ///
    /// - Parameter query: What is searched for.
    /// - Returns: One page of hits, best first.
    /// - Throws: `MekikiError`: `usage` for a query that says nothing, a combination that makes no sense, a
    ///   limit below 1; `noInput` for an image that is not in the library or a cursor of another query;
    ///   `unavailable` where reranking is asked for and no reranker is there.
    /// - Complexity: O(n) in the number of images, beside the encoding of the query.
    public func search(_ query: Query) async throws -> SearchResult {
        let scope = try await scope(of: query)
        let found: FoundImages
        if query.terms.isEmpty, query.text == nil {
            found = try await listed(query, scope)
        } else {
            let plan = try ChannelPlan(query, hasWordVectors: wordsEncoder != nil)
            found =
                plan.channels.count == 1 && !query.reranks
                ? try await single(plan, query, scope) : try await fused(plan, query, scope)
        }
        let next = scope.offset + found.images.count
        let hits = try await hits(found, scope, query)
        return SearchResult(
            hits: hits,
            total: found.total,
            isTotalExact: found.isTotalExact,
            offset: scope.offset,
            cursor: next < found.total && !hits.isEmpty
                ? SearchCursor(query, offset: next, newest: scope.newest).text : nil,
            nothingRelevant: scope.offset == 0 && !hits.isEmpty
                && hits.allSatisfy { $0.relevance == .weak }
        )
    }

    /// Which part of which images a query asks for.
    struct Scope {
        var offset: Int
        var newest: ImageID
        /// `nil` for all.
        var included: ImageSet?
        /// Images of the library that the query starts from.
        var excluded: Set<ImageID>
    }

    /// Images of a page, with why.
    struct FoundImages {
        var images: [Found]
        var total: Int
        var isTotalExact = true
        var comparison = Comparison([])
    }

    /// An image with its reasons, strongest first, and the texts that they name.
    struct Found {
        var id: ImageID
        var reasons: [Hit.Reason]
        /// The text of the reason at the same place; `nil` where there is none.
        var texts: [NamedPassage?]
    }

    /// A passage of a text, from 0.
    struct NamedPassage {
        var textID: ImageTextID
        var passage: Int
    }

    private func scope(of query: Query) async throws -> Scope {
        guard query.limit > 0 else {
            throw MekikiError(.usage, "The number of results must be 1 or more.", subject: "limit")
        }
        guard query.offset >= 0 else {
            throw MekikiError(.usage, "The offset must be 0 or more.", subject: "offset")
        }
        guard
            !query.terms.isEmpty || query.text != nil || query.filter != nil
                || !query.exclusions.isEmpty
        else {
            throw MekikiError(.usage, "Nothing is searched for: give words or an image.")
        }
        var scope = Scope(offset: query.offset, newest: ImageID(rawValue: 0), excluded: [])
        if let text = query.cursor {
            let cursor = try SearchCursor(text, of: query)
            scope.offset += cursor.offset
            scope.newest = ImageID(rawValue: cursor.newest)
            scope.included = cursor.images
        } else {
            scope.newest =
                try await catalog.newest(limit: 1, offset: 0).images.first?.image.id
                ?? ImageID(rawValue: 0)
        }
        // Without anything to find, all that is left is listed.
        let isListed = query.terms.isEmpty && query.text == nil
        if let filter = query.filter ?? (isListed ? .all([]) : nil) {
            let passing = try await catalog.images(matching: filter)
            scope.included = scope.included?.intersection(passing) ?? passing
        }
        if let unwanted = try await images(with: query.exclusions) {
            let all = scope.included ?? ImageSet(upTo: scope.newest)
            scope.included = all.subtracting(unwanted)
        }
        scope.excluded = query.likeIDs
        return scope
    }

    /// A query without anything to compare: the images that pass, newest first.
    private func listed(_ query: Query, _ scope: Scope) async throws -> FoundImages {
        let ids = (scope.included ?? ImageSet()).ids.reversed()
        let page = ids.dropFirst(scope.offset).prefix(query.limit)
        return FoundImages(
            images: page.map { Found(id: $0, reasons: [], texts: []) },
            total: ids.count
        )
    }

    /// One channel, whose own order is the answer's: exact from the first page to the last.
    private func single(
        _ plan: ChannelPlan,
        _ query: Query,
        _ scope: Scope
    ) async throws -> FoundImages {
        guard let channel = plan.channels.first else {
            return FoundImages(images: [], total: 0)
        }
        let ranking = try await ranking(
            channel,
            plan,
            query,
            scope,
            limit: query.limit,
            offset: scope.offset
        )
        let images = ranking.entries.enumerated().map { index, entry in
            let rank = scope.offset + index + 1
            return Found(
                id: entry.id,
                reasons: [Hit.Reason(channel: channel, rank: rank, score: entry.score)],
                texts: [entry.text]
            )
        }
        return FoundImages(
            images: images,
            total: ranking.total,
            comparison: Comparison([ranking])
        )
    }

    private func hits(
        _ page: FoundImages,
        _ scope: Scope,
        _ query: Query
    ) async throws -> [Hit] {
        let found = page.images
        let ids = found.map(\.id)
        let records = Dictionary(
            try await catalog.images(ids).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let files = try await catalog.files(of: ids)
        let snippets = try await snippets(of: found, query)
        let evidence = await evidence(for: page, scope, query)
        return found.enumerated().compactMap { index, image in
            // An indexer beside us may have removed the image since it was found.
            guard let record = records[image.id] else { return nil }
            var reasons = image.reasons
            for (place, snippet) in snippets[image.id] ?? [:] {
                reasons[place].snippet = snippet
            }
            let rank = scope.offset + index + 1
            for place in reasons.indices {
                if reasons[place].channel == .fusion { reasons[place].rank = rank }
                reasons[place].relevance = evidence?.relevance(
                    of: reasons[place],
                    image.id,
                    rule
                )
            }
            return Hit(
                rank: rank,
                image: record,
                files: files[image.id] ?? [],
                reasons: reasons
            )
        }
    }
}

extension Query {
    /// The images of the library that the query starts from.
    fileprivate var likeIDs: Set<ImageID> {
        Set(
            terms.compactMap { term in
                if case .like(let id) = term.content { id } else { nil }
            }
        )
    }
}
