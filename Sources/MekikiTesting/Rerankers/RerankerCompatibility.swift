import MekikiCore

/// The behaviour that every `Reranker` must show, as checks that any test target can run.
///
/// ```swift
/// @Test(arguments: RerankerCompatibility.checks)
/// func keepsTheContract(_ check: RerankerCompatibility.Check) async throws {
///     try await check.run(FakeReranker())
/// }
/// ```
public enum RerankerCompatibility {
    /// One behaviour.
    public struct Check: Sendable, CustomStringConvertible {
        /// What must hold, as a sentence.
        public let description: String

        private let body: @Sendable (any Reranker) async throws -> Void

        init(
            _ description: String,
            _ body: @escaping @Sendable (any Reranker) async throws -> Void
        ) {
            self.description = description
            self.body = body
        }

        /// Runs the check.
        ///
        /// - Parameter reranker: What must keep the contract.
        /// - Throws: `CompatibilityFailure`, or what the reranker threw.
        public func run(_ reranker: any Reranker) async throws {
            try await body(reranker)
        }
    }

    /// All checks.
    public static let checks: [Check] = [
        Check("every text has a finite score on the scale") { reranker in
            let scores = try await reranker.scores(of: texts, for: query)
            try expectEqual(scores.count, texts.count, "number of scores")
            for score in scores {
                try expect(score.isFinite, "A score of \(score) is no number.")
                guard reranker.scale == .probability else { continue }
                try expect((0...1).contains(score), "\(score) is no probability.")
            }
        },
        Check("no texts have no scores") { reranker in
            try expectEqual(try await reranker.scores(of: [], for: query), [])
        },
        Check("different texts have different scores") { reranker in
            let scores = try await reranker.scores(of: texts, for: query)
            try expect(Set(scores).count > 1, "Every text has the score \(scores[0]).")
        },
        Check("a score doesn't depend on the other texts of its call") { reranker in
            let scores = try await reranker.scores(of: texts, for: query)
            let spread = (scores.max() ?? 0) - (scores.min() ?? 0)
            for (index, text) in texts.enumerated() {
                let alone = try await reranker.scores(of: [text], for: query)
                try expectNear(alone.first, scores[index], within: spread / 50)
            }
            let turned = try await reranker.scores(of: texts.reversed(), for: query)
            for (one, other) in zip(turned.reversed(), scores) {
                try expectNear(one, other, within: spread / 50)
            }
        },
        Check("equal texts have equal scores") { reranker in
            let scores = try await reranker.scores(of: [texts[0], texts[1], texts[0]], for: query)
            let spread = abs(scores[0] - scores[1])
            try expectNear(scores[0], scores[2], within: spread / 50)
        },
        Check("empty and very long texts and queries have scores") { reranker in
            let long = String(repeating: texts[0] + " ", count: 2000)
            for query in ["", query, long] {
                let scores = try await reranker.scores(of: ["", "猫", long], for: query)
                try expectEqual(scores.count, 3, "number of scores")
                try expect(scores.allSatisfy(\.isFinite), "\(scores) are no numbers.")
            }
        },
        Check("many may ask at once") { reranker in
            let expected = try await reranker.scores(of: texts, for: query)
            let spread = (expected.max() ?? 0) - (expected.min() ?? 0)
            try await withThrowingTaskGroup(of: [Float].self) { group in
                for _ in 0..<8 {
                    group.addTask { try await reranker.scores(of: texts, for: query) }
                }
                for try await scores in group {
                    try expectEqual(scores.count, expected.count, "number of scores")
                    for (score, wanted) in zip(scores, expected) {
                        try expectNear(score, wanted, within: spread / 50)
                    }
                }
            }
        },
    ]

    private static let query = "a red boat at sea"
    private static let texts = [
        "a red boat at sea", "two dogs in the snow", "夜の海と灯台", "a blue boat in the harbour",
        "boat",
    ]

    /// Batches of other shapes add up in another order, so scores agree up to rounding.
    private static func expectNear(_ found: Float?, _ expected: Float, within bound: Float) throws {
        guard let found else { throw CompatibilityFailure("A score is missing.", #fileID, #line) }
        try expect(
            abs(found - expected) <= bound,
            "Expected a score of \(expected), found \(found)."
        )
    }
}
