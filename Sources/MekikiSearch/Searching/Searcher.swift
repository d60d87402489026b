import MekikiCore

/// The flow outwards: a query becomes a direction, and the nearest images become hits.
public struct Searcher: Sendable {
    private let catalog: any Catalog
    private let imageEncoder: any ImageEncoder
    private let textEncoder: any TextEncoder

    /// Creates a searcher.
    ///
    /// - Parameters:
    ///   - catalog: What is searched.
    ///   - imageEncoder: What makes vectors of pictures in the query.
    ///   - textEncoder: What makes vectors of words, in the same space.
    public init(
        catalog: any Catalog,
        imageEncoder: any ImageEncoder,
        textEncoder: any TextEncoder
    ) {
        precondition(
            imageEncoder.space == textEncoder.space,
            "Words and pictures are compared, so their encoders share one space."
        )
        self.catalog = catalog
        self.imageEncoder = imageEncoder
        self.textEncoder = textEncoder
    }

    /// Answers a query.
    ///
    /// - Parameter query: What is searched for.
    /// - Returns: One page of hits, best first, with the number of images that were ranked.
    /// - Throws: `MekikiError`: `usage` for a query that says nothing or a limit below 1, `noInput`
    ///   for an image that is not in the library.
    /// - Complexity: O(n) in the number of images, beside the encoding of the query.
    public func search(_ query: Query) async throws -> SearchResult {
        guard query.limit > 0 else {
            throw MekikiError(.usage, "The number of results must be 1 or more.", subject: "limit")
        }
        guard query.offset >= 0 else {
            throw MekikiError(.usage, "The offset must be 0 or more.", subject: "offset")
        }
        let direction = try await direction(of: query)
        let result = try await catalog.nearest(
            to: direction,
            in: imageEncoder.space,
            NearestRequest(limit: query.limit, offset: query.offset, excluded: query.likeIDs)
        )
        return SearchResult(
            hits: try await hits(result.neighbors, offset: query.offset),
            total: result.total,
            offset: query.offset
        )
    }

    /// The weighted sum of the vectors of a query's terms, at unit length.
    private func direction(of query: Query) async throws -> Embedding {
        guard !query.terms.isEmpty else {
            throw MekikiError(.usage, "Nothing is searched for: give words or an image.")
        }
        var sum = [Float](repeating: 0, count: imageEncoder.space.dimension)
        for term in query.terms {
            let vector = try await vector(of: term.content)
            for index in sum.indices { sum[index] += term.weight * vector.values[index] }
        }
        do {
            return try Embedding(normalizing: sum)
        } catch {
            throw MekikiError(.usage, "The parts of this query cancel each other out.")
        }
    }

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

    private func hits(
        _ neighbors: [NearestResult.Neighbor],
        offset: Int
    ) async throws -> [Hit] {
        let ids = neighbors.map(\.id)
        let records = Dictionary(
            try await catalog.images(ids).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let files = try await catalog.files(of: ids)
        return neighbors.enumerated().compactMap { index, neighbor in
            // An indexer beside us may have removed the image since it was found.
            guard let record = records[neighbor.id] else { return nil }
            let rank = offset + index + 1
            return Hit(
                rank: rank,
                image: record,
                files: files[neighbor.id] ?? [],
                reasons: [
                    Hit.Reason(channel: .image, rank: rank, score: .cosine(neighbor.cosine))
                ]
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
