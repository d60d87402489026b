import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct ZeroShotClassifierTests {
    private let encoder = FakeEncoder(dimension: 77)

    private func classifier(
        _ labels: String,
        _ templates: PromptTemplates = .bare,
        _ scoring: Scoring = .softmax(scale: 20)
    ) async throws -> ZeroShotClassifier {
        try await ZeroShotClassifier(
            LabelList(lines: labels),
            templates: templates,
            encoder: encoder,
            scoring: scoring
        )
    }

    private func vector(_ words: String) async throws -> Embedding {
        try #require(try await encoder.encode([words]).first)
    }

    @Test func theFittingLabelComesFirst() async throws {
        let classifier = try await classifier("cat\ndog\nfish")
        let found = classifier.classify(try await vector("dog"))
        #expect(found.map(\.label).first == "dog")
        #expect(found.count == 3)
        #expect(abs(found.reduce(0) { $0 + $1.probability } - 1) < 1e-5)
        #expect((found.first?.probability ?? 0) > 0.99)
    }

    /// Softmax over the scaled products of the vectors, computed plainly.
    @Test func probabilitiesFollowFromTheVectors() async throws {
        let classifier = try await classifier("red cat\nblue dog\nfish")
        let picture = try await vector("red dog")
        var cosines: [Float] = []
        for label in ["red cat", "blue dog", "fish"] {
            cosines.append(
                zip(try await vector(label).values, picture.values).reduce(0) { $0 + $1.0 * $1.1 }
            )
        }
        let expected = Scoring.softmax(scale: 20).probabilities(cosines)
        for (found, expected) in zip(classifier.probabilities(of: picture), expected) {
            #expect(abs(found - expected) < 1e-4)
        }
    }

    /// The mean of unit vectors: a long prompt weighs as much as a short one.
    @Test func promptsAreAveraged() async throws {
        let classifier = try await classifier(
            "pet\tprompt: cat\tprompt: dog\nfish",
            .bare,
            .sigmoid(scale: 1, bias: 0)
        )
        let cat = try await vector("cat")
        let dog = try await vector("dog")
        let mean = try Embedding(normalizing: zip(cat.values, dog.values).map { $0 + $1 })
        let cosine = zip(mean.values, cat.values).reduce(0) { $0 + $1.0 * $1.1 }
        let expected = Scoring.sigmoid(scale: 1, bias: 0).probabilities([cosine])
        let found = classifier.probabilities(of: cat)
        #expect(abs(found[0] - expected[0]) < 1e-5)
    }

    @Test func labelsAreEncodedOnce() async throws {
        let classifier = try await classifier("cat\ndog\tcat\tdog")
        #expect(encoder.encodedCount == 2)
        for _ in 0..<3 {
            _ = classifier.probabilities(of: Embedding(unit: [1] + .init(repeating: 0, count: 76)))
        }
        #expect(encoder.encodedCount == 2)
    }

    @Test func aSingleLabelNeedsAScoringOfItsOwn() async throws {
        let error = await #expect(throws: MekikiError.self) { try await classifier("cat") }
        #expect(error?.code == .usage)
        let alone = try await classifier("cat", .bare, .sigmoid(scale: 10, bias: -5))
        #expect(alone.probabilities(of: try await vector("cat")).count == 1)
    }

    @Test func equalsKeepTheOrderOfTheLabels() async throws {
        let classifier = try await classifier("b\tcat\na\tcat\nc\tcat")
        let found = classifier.classify(try await vector("cat"))
        #expect(found.map(\.label) == ["b", "a", "c"])
    }
}
