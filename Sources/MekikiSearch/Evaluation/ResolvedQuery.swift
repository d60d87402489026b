import MekikiCore

/// A judged query whose right images were found in the library.
public struct ResolvedQuery: Sendable, Equatable {
    /// The query.
    public var query: JudgedQuery

    /// The right images with their grades, at least one.
    public var grades: [ImageID: Double]

    /// Looks the right images of queries up.
    ///
    /// Of an image that is named twice the greater grade counts. A query without any image that is
    /// found is left out; one with some of them counts with these.
    ///
    /// - Parameters:
    ///   - queries: The queries.
    ///   - lookup: What finds images.
    /// - Returns: The queries that can be asked, and what was not found.
    public static func resolve(
        _ queries: [JudgedQuery],
        _ lookup: ImageLookup
    ) -> (queries: [ResolvedQuery], problems: [EvaluationProblem]) {
        var resolved: [ResolvedQuery] = []
        var problems: [EvaluationProblem] = []
        for query in queries {
            var grades: [ImageID: Double] = [:]
            for judgment in query.images {
                do {
                    let id = try lookup.image(judgment.image)
                    grades[id] = max(grades[id] ?? 0, judgment.grade)
                } catch {
                    problems.append(
                        EvaluationProblem(
                            line: query.line,
                            image: judgment.image.description,
                            reason: (error as? MekikiError)?.message ?? "\(error)"
                        )
                    )
                }
            }
            if !grades.isEmpty { resolved.append(ResolvedQuery(query: query, grades: grades)) }
        }
        return (resolved, problems)
    }
}
