import MekikiCore

extension Searcher {
    /// What a channel found.
    struct Ranking: Sendable {
        var channel: Hit.Channel
        var entries: [Entry]
        /// How many images it could find.
        var total: Int
        /// What was searched for, without what was excluded; `nil` where no vectors were compared.
        var wanted: Embedding?

        /// An image with its score, and the text that matched.
        struct Entry: Sendable {
            var id: ImageID
            var score: Score
            var text: NamedPassage?
        }
    }

    /// Asks a channel.
    func ranking(
        _ channel: Hit.Channel,
        _ plan: ChannelPlan,
        _ query: Query,
        _ scope: Scope,
        limit: Int,
        offset: Int = 0
    ) async throws -> Ranking {
        switch channel {
        case .image:
            let (direction, wanted) = try await direction(of: query)
            let result = try await catalog.nearest(
                to: direction,
                in: imageEncoder.space,
                NearestRequest(
                    limit: limit,
                    offset: offset,
                    excluded: scope.excluded,
                    included: scope.included
                )
            )
            return Ranking(
                channel: channel,
                entries: result.neighbors.map {
                    Ranking.Entry(id: $0.id, score: .cosine($0.cosine))
                },
                total: result.total,
                wanted: wanted
            )
        case .fullText:
            let result = try await catalog.matches(
                of: query.textQuery,
                TextRequest(
                    targets: plan.targets,
                    limit: limit,
                    offset: offset,
                    included: scope.included
                )
            )
            return Ranking(
                channel: channel,
                entries: result.matches.map { Ranking.Entry(id: $0.id, score: .text($0.score)) },
                total: result.total
            )
        case .captionVector, .promptVector, .ocrVector:
            guard let wordsEncoder, let target = channel.wordTarget else { break }
            let words = query.words.contains { !$0.isWhitespace } ? query.words : query.textWords
            let vectors = try await wordsEncoder.encode([words], as: .query)
            guard let vector = vectors.first else { break }
            let result = try await catalog.nearestTexts(
                to: vector,
                in: wordsEncoder.space,
                TextRequest(
                    targets: [target],
                    limit: limit,
                    offset: offset,
                    included: scope.included
                )
            )
            return Ranking(
                channel: channel,
                entries: result.neighbors.map {
                    Ranking.Entry(
                        id: $0.id.imageID,
                        score: .cosine($0.cosine),
                        text: NamedPassage(textID: $0.id, passage: $0.passage)
                    )
                },
                total: result.total,
                wanted: vector
            )
        case .fusion, .reranker: break
        }
        return Ranking(channel: channel, entries: [], total: 0)
    }

    /// The images that have one of the words in what somebody, or a model, said of them; `nil` where nothing
    /// is excluded.
    func images(with exclusions: [String]) async throws -> ImageSet? {
        guard !exclusions.isEmpty else { return nil }
        let result = try await catalog.matches(
            of: TextQuery(alternatives: exclusions.map { [TextQuery.Term($0)] }),
            TextRequest(targets: [.caption, .prompt, .ocr, .keywords], limit: .max)
        )
        return ImageSet(result.matches.map(\.id))
    }

    // MARK: Pictures

    /// The weighted sum of the vectors of a query's terms, at unit length, away from what is not wanted.
    ///
    /// - Returns: The direction to search in, and the one without what is not wanted.
    private func direction(
        of query: Query
    ) async throws -> (towards: Embedding, wanted: Embedding) {
        var sum = [Float](repeating: 0, count: imageEncoder.space.dimension)
        for term in query.terms {
            let vector = try await vector(of: term.content)
            for index in sum.indices { sum[index] += term.weight * vector.values[index] }
        }
        do {
            let wanted = try Embedding(normalizing: sum)
            for exclusion in query.exclusions {
                let vector = try await vector(of: .words(exclusion))
                for index in sum.indices {
                    sum[index] -= Self.exclusionWeight * vector.values[index]
                }
            }
            return (try Embedding(normalizing: sum), wanted)
        } catch let error as MekikiError where error.code == .badData {
            throw MekikiError(.usage, "The parts of this query cancel each other out.")
        }
    }

    /// How far a search moves away from what is not wanted, beside what is.
    private static let exclusionWeight: Float = 0.5

    private func vector(of content: Query.Content) async throws -> Embedding {
        let vectors: [Embedding]
        switch content {
        case .words(let words):
            guard words.contains(where: { !$0.isWhitespace }) else {
                throw MekikiError(.usage, "The words to search for are empty.")
            }
            vectors = try await textEncoder.encode([words])
        case .picture(let picture):
            vectors = try await imageEncoder.encode([picture])
        case .like(let id):
            let stored = try await catalog.embeddings(of: [id], in: imageEncoder.space)
            guard let vector = stored[id] else { throw try await absence(of: id) }
            vectors = [vector]
        }
        guard let vector = vectors.first else {
            preconditionFailure("An encoder returns one vector for each input.")
        }
        return vector
    }

    /// Why an image of the library has no vector to search with.
    private func absence(of id: ImageID) async throws -> MekikiError {
        guard try await catalog.images([id]).isEmpty else {
            return MekikiError(
                .noInput,
                "This image has no vector of the model \(imageEncoder.space.model) yet. "
                    + "Run `mekiki index` on its folder.",
                subject: "image \(id)"
            )
        }
        return MekikiError(
            .noInput,
            "There is no image of this number in the library.",
            subject: "image \(id)"
        )
    }
}

extension Query {
    /// The terms of full text as words, where nothing else says what is wanted.
    var textWords: String {
        (text?.alternatives.first ?? []).map(\.text).joined(separator: " ")
    }
}
