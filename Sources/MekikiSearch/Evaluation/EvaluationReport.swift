import MekikiCore

/// How well one model ranks a library's images for judged queries.
public struct EvaluationReport: Sendable, Equatable {
    /// The space that was searched.
    public var space: VectorSpace

    /// How many images were ranked for each query.
    public var rankedImageCount: Int

    /// How many images have a file and no vector of this model: they are found by no query.
    public var waitingImageCount: Int

    /// How many right images are among those.
    public var unrankedRightImageCount: Int

    /// Where the right images stood, in the order of the queries.
    public var outcomes: [QueryOutcome]

    /// All queries.
    public var all: EvaluationSummary

    /// The queries by language, ordered by its name.
    public var languages: [Group]

    /// The queries by kind, ordered by its name; those without a kind are in none.
    public var kinds: [Group]

    /// The queries of a language or a kind.
    public struct Group: Sendable, Equatable {
        /// The language or the kind.
        public var name: String

        /// Their metrics.
        public var summary: EvaluationSummary
    }

    /// Sums outcomes up.
    ///
    /// - Parameters:
    ///   - queries: The queries, at least one.
    ///   - outcomes: Where their right images stood, in the same order.
    ///   - space: The space that was searched.
    ///   - rankedImageCount: How many images were ranked.
    ///   - waitingImageCount: How many have no vector yet.
    init(
        _ queries: [ResolvedQuery],
        _ outcomes: [QueryOutcome],
        space: VectorSpace,
        rankedImageCount: Int,
        waitingImageCount: Int
    ) {
        self.space = space
        self.rankedImageCount = rankedImageCount
        self.waitingImageCount = waitingImageCount
        self.outcomes = outcomes
        unrankedRightImageCount = outcomes.reduce(0) { sum, outcome in
            sum + outcome.images.count { $0.rank == nil }
        }
        all = EvaluationSummary(of: outcomes)
        let pairs = Array(zip(queries, outcomes))
        languages = Self.groups(pairs.map { ($0.query.language, $1) })
        kinds = Self.groups(pairs.compactMap { pair in pair.0.query.kind.map { ($0, pair.1) } })
    }

    private static func groups(_ outcomes: [(String, QueryOutcome)]) -> [Group] {
        Dictionary(grouping: outcomes, by: \.0).sorted { $0.key < $1.key }
            .map { Group(name: $0.key, summary: EvaluationSummary(of: $0.value.map(\.1))) }
    }
}
