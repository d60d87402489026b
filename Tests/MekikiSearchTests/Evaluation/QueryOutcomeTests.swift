import Foundation
import MekikiSearch
import Testing

@Suite struct QueryOutcomeTests {
    private struct Known: Decodable {
        struct Query: Decodable {
            var ranks: [Int]
            var grades: [Double]
            var values: [String: Double]

            init(from decoder: any Decoder) throws {
                let object = try decoder.singleValueContainer().decode([String: Value].self)
                values = object.compactMapValues(\.number)
                ranks = object["ranks"]?.list.map { Int($0) } ?? []
                grades = object["grades"]?.list ?? []
            }
        }

        struct Value: Decodable {
            var number: Double?
            var list: [Double] = []

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                number = try? container.decode(Double.self)
                if number == nil { list = try container.decode([Double].self) }
            }
        }

        var queries: [Query]
        var means: [String: Double]
        var intervals: [String: [Double]]

        var outcomes: [QueryOutcome] {
            queries.map { query in
                QueryOutcome(zip(query.ranks, query.grades).map { .init(rank: $0, grade: $1) })
            }
        }
    }

    @Test func metricsAreThoseOfScikitLearn() throws {
        let known = try Fixture.json("metrics", as: Known.self)
        #expect(known.queries.count == 40)
        for (query, outcome) in zip(known.queries, known.outcomes) {
            for metric in RankingMetric.allCases {
                let expected = try #require(query.values[metric.rawValue])
                #expect(abs(metric.value(of: outcome) - expected) < 1e-12)
            }
        }
    }

    @Test func meansAndBoundsAreThoseOfNumpy() throws {
        let known = try Fixture.json("metrics", as: Known.self)
        let summary = EvaluationSummary(of: known.outcomes)
        #expect(summary.queryCount == 40)
        for metric in RankingMetric.allCases {
            let estimate = try #require(summary.estimates[metric])
            let mean = try #require(known.means[metric.rawValue])
            let bounds = try #require(known.intervals[metric.rawValue])
            #expect(abs(estimate.mean - mean) < 1e-12)
            #expect(abs((estimate.low ?? 0) - bounds[0]) < 1e-12)
            #expect(abs((estimate.high ?? 0) - bounds[1]) < 1e-12)
        }
    }

    @Test func oneRightImageAtTheSecondPlace() {
        let outcome = QueryOutcome([.init(rank: 2)])
        #expect(outcome.recall(at: 1) == 0)
        #expect(outcome.recall(at: 5) == 1)
        #expect(outcome.reciprocalRank == 0.5)
        #expect(abs(outcome.normalizedGain(at: 10) - 1 / log2(3)) < 1e-12)
    }

    /// Gains 3/log2(2) + 1/log2(4) of at best 3/log2(2) + 2/log2(3) + 1/log2(4).
    @Test func gradesCountByTheirPlaces() {
        let outcome = QueryOutcome([
            .init(rank: 3, grade: 1), .init(rank: 1, grade: 3), .init(rank: 40, grade: 2),
        ])
        let expected = (3 + 0.5) / (3 + 2 / log2(3) + 0.5)
        #expect(abs(outcome.normalizedGain(at: 10) - expected) < 1e-12)
        #expect(outcome.recall(at: 10) == 2.0 / 3)
        #expect(outcome.reciprocalRank == 1)
    }

    @Test func whatIsNotRankedIsNotFound() {
        let outcome = QueryOutcome([.init(rank: nil), .init(rank: 11)])
        #expect(RankingMetric.recall10.value(of: outcome) == 0)
        #expect(outcome.recall(at: 11) == 0.5)
        #expect(outcome.reciprocalRank == 1.0 / 11)
        #expect(outcome.normalizedGain(at: 10) == 0)
        #expect(QueryOutcome([.init(rank: nil)]).reciprocalRank == 0)
    }

    @Test func aSingleQueryHasNoBounds() {
        let estimate = BootstrapEstimate(of: [0.25])
        #expect(estimate.mean == 0.25)
        #expect(estimate.low == nil && estimate.high == nil)
    }

    @Test func equalValuesHaveNarrowBoundsAndDifferencesTheirSign() {
        let constant = BootstrapEstimate(of: [0.5, 0.5, 0.5])
        #expect(constant.low == 0.5 && constant.high == 0.5)
        let better = (0..<20).map { _ in QueryOutcome([.init(rank: 1)]) }
        let worse = (0..<20).map { QueryOutcome([.init(rank: 2 + $0 % 3)]) }
        let difference = EvaluationSummary(of: worse, minus: better).estimates[.reciprocalRank]
        #expect((difference?.mean ?? 0) < 0)
        #expect((difference?.high ?? 0) < 0)
        #expect((difference?.low ?? 0) < (difference?.high ?? 0))
    }
}
