import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// Finds the right images of judged queries.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - folders: Absolute paths that the queries' relative ones are below of, in the order to try.
    /// - Returns: The queries that can be asked, and what was not found.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func resolve(
        _ queries: [JudgedQuery],
        below folders: [String]
    ) async throws -> (queries: [ResolvedQuery], problems: [EvaluationProblem]) {
        let contents = queries.flatMap(\.images).compactMap { judgment in
            if case .content(let hash) = judgment.image { hash } else { nil }
        }
        let lookup = ImageLookup(
            try await catalog.files(under: nil),
            contents: try await catalog.imageIDs(of: contents),
            folders: folders
        )
        return ResolvedQuery.resolve(queries, lookup)
    }

    /// Measures how well a model ranks the library's images for judged queries.
    ///
    /// - Parameters:
    ///   - queries: The queries, at least one.
    ///   - model: The model; images without a vector of it are not found.
    ///   - progress: Is told how many queries are done.
    /// - Returns: What was found, and the metrics.
    /// - Throws: What ``Evaluator`` throws.
    public func evaluate(
        _ queries: [ResolvedQuery],
        with model: LoadedModel,
        progress: (Int) -> Void = { _ in }
    ) async throws -> EvaluationReport {
        try await Evaluator(catalog: catalog, encoder: model.textEncoder)
            .run(queries, progress: progress)
    }
}
