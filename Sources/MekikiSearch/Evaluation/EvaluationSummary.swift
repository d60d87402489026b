/// The metrics of some queries.
public struct EvaluationSummary: Sendable, Equatable {
    /// How many queries there are.
    public var queryCount: Int

    /// The mean of each metric with its bounds.
    public var estimates: [RankingMetric: BootstrapEstimate]

    /// Takes the means.
    ///
    /// - Parameter outcomes: Where the queries' right images stood, at least one query.
    public init(of outcomes: [QueryOutcome]) {
        queryCount = outcomes.count
        estimates = Dictionary(
            uniqueKeysWithValues: RankingMetric.allCases.map { metric in
                (metric, BootstrapEstimate(of: outcomes.map(metric.value)))
            }
        )
    }

    /// Takes the means of the differences between two models on the same queries.
    ///
    /// Bounds that don't hold zero between them tell the models apart far better than two models'
    /// own bounds: most of what makes these wide is that some queries are hard for everybody.
    ///
    /// - Parameters:
    ///   - outcomes: One model's, at least one query.
    ///   - others: The other model's, of the same queries in the same order.
    public init(of outcomes: [QueryOutcome], minus others: [QueryOutcome]) {
        precondition(outcomes.count == others.count, "Both models answer the same queries.")
        queryCount = outcomes.count
        estimates = Dictionary(
            uniqueKeysWithValues: RankingMetric.allCases.map { metric in
                let differences = zip(outcomes, others).map {
                    metric.value(of: $0) - metric.value(of: $1)
                }
                return (metric, BootstrapEstimate(of: differences))
            }
        )
    }
}
