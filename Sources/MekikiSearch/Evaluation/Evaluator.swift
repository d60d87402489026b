import MekikiCore

/// The flow that asks judged queries of a library and notes where the right images stand.
///
/// Each query is compared with every vector of the model's space: what is measured is the model, and
/// no shortcut of a search.
public struct Evaluator: Sendable {
    private let catalog: any Catalog
    private let encoder: any TextEncoder

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - catalog: The library's storage.
    ///   - encoder: What makes vectors of the queries' words.
    public init(catalog: any Catalog, encoder: any TextEncoder) {
        self.catalog = catalog
        self.encoder = encoder
    }

    /// Asks all queries.
    ///
    /// - Parameters:
    ///   - queries: The queries, at least one.
    ///   - progress: Is told how many queries are done.
    /// - Returns: What was found, and the metrics.
    /// - Throws: `MekikiError` with code `noInput` when the library has no vector of the model; what
    ///   the encoder throws.
    public func run(
        _ queries: [ResolvedQuery],
        progress: (Int) -> Void = { _ in }
    ) async throws -> EvaluationReport {
        let ranked = try await catalog.imagesWithVector(in: encoder.space).count
        guard ranked > 0 else {
            throw MekikiError(
                .noInput,
                "The library has no vector of this model. Run `mekiki index` on its folders with it.",
                subject: encoder.space.model
            )
        }
        var outcomes: [QueryOutcome] = []
        for start in stride(from: 0, to: queries.count, by: 64) {
            let batch = queries[start..<min(start + 64, queries.count)]
            let vectors = try await encoder.encode(batch.map(\.query.words))
            for (query, vector) in zip(batch, vectors) {
                try Task.checkCancellation()
                outcomes.append(try await outcome(of: query.grades, vector))
            }
            progress(outcomes.count)
        }
        return EvaluationReport(
            queries,
            outcomes,
            space: encoder.space,
            rankedImageCount: ranked,
            waitingImageCount: try await catalog.imagesWithoutVector(in: encoder.space).count
        )
    }

    private func outcome(
        of grades: [ImageID: Double],
        _ query: Embedding
    ) async throws -> QueryOutcome {
        var ranks: [ImageID: Int] = [:]
        // Most right images stand far in front; only for the others all images are put in order.
        for limit in [1024, Int.max] {
            let result = try await catalog.nearest(
                to: query,
                in: encoder.space,
                NearestRequest(limit: limit)
            )
            for (index, neighbor) in result.neighbors.enumerated() where grades[neighbor.id] != nil
            {
                ranks[neighbor.id] = index + 1
            }
            if ranks.count == grades.count || result.neighbors.count == result.total { break }
        }
        return QueryOutcome(
            grades.map { QueryOutcome.RankedImage(rank: ranks[$0.key], grade: $0.value) }
        )
    }
}
