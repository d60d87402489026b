import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct LibraryClassificationTests {
    private let bench: FlowBench

    init() async throws {
        bench = try FlowBench()
        for (path, words) in [("1.png", "cat"), ("2.png", "dog"), ("3.png", "cat dog")] {
            try bench.put(path, words)
        }
        try await bench.index()
    }

    private func classifier(_ encoder: FakeEncoder? = nil) async throws -> ZeroShotClassifier {
        try await ZeroShotClassifier(
            LabelList(separated: "cat,dog,fish"),
            templates: .bare,
            encoder: encoder ?? bench.encoder,
            scoring: .softmax(scale: 20)
        )
    }

    private func id(_ path: String) async throws -> ImageID {
        let files = try await bench.catalog.files(under: nil)
        return try #require(files.first { $0.location.path == path }?.imageID)
    }

    @Test func allImagesAreClassifiedAndNoneEncodedAgain() async throws {
        let classifier = try await classifier()
        let before = bench.encoder.encodedCount
        var found: [ImageClassification] = []
        var states: [Int] = []
        let report = try await LibraryClassification(catalog: bench.catalog, classifier: classifier)
            .run(progress: { done, total in states.append(total * 100 + done) }) { found += $0 }
        #expect(bench.encoder.encodedCount == before)
        #expect(report.imageCount == 3)
        #expect(report.waitingCount == 0)
        #expect(found.map(\.imageID) == found.map(\.imageID).sorted())
        let second = try await id("2.png")
        #expect(found.first { $0.imageID == second }?.labels.first?.label == "dog")
        #expect(states == [300, 303])
        #expect(report.firstCounts.map(\.imageCount).reduce(0, +) == 3)
        #expect(report.tagCount == 0)
        #expect(try await bench.catalog.labelSets().isEmpty)
    }

    @Test func whatIsProbableEnoughIsStored() async throws {
        let rule = TagRule(labelSet: "pets", threshold: 0.3)
        let flow = LibraryClassification(
            catalog: bench.catalog,
            classifier: try await classifier(),
            storing: rule
        )
        let report = try await flow.run()
        // Both fit the third image.
        #expect(report.tagCount == 4)
        #expect(report.taggedImageCount == 3)
        let both = try await bench.catalog.tags(of: [id("3.png")])[id("3.png")] ?? []
        #expect(Set(both.map(\.label)) == ["cat", "dog"])
        #expect(both.allSatisfy { $0.labelSet == "pets" && $0.space == bench.encoder.space })
        // Once more is the same once more.
        #expect(try await flow.run() == report)
        #expect(
            try await bench.catalog.labelSets() == [
                LabelSetCount(labelSet: "pets", imageCount: 3, tagCount: 4)
            ]
        )
        let strict = LibraryClassification(
            catalog: bench.catalog,
            classifier: try await classifier(),
            storing: TagRule(labelSet: "pets", threshold: 0.9)
        )
        #expect(try await strict.run().taggedImageCount == 2)
        #expect(try await bench.catalog.tags(of: [id("3.png")]).isEmpty)
    }

    @Test func imagesWithoutAVectorAreCounted() async throws {
        let other = FakeEncoder(model: "other")
        let report = try await LibraryClassification(
            catalog: bench.catalog,
            classifier: try await classifier(other)
        ).run()
        #expect(report.imageCount == 0)
        #expect(report.waitingCount == 3)
    }

    @Test func aCancelledRunStopsBetweenBatches() async throws {
        let classifier = try await classifier()
        let catalog = bench.catalog
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await LibraryClassification(catalog: catalog, classifier: classifier).run()
        }
        let report = try await task.value
        #expect(report.wasStopped)
        #expect(report.imageCount == 0)
    }

    @Test func aRuleKeepsTheFirstFew() {
        let labels = [0.5, 0.3, 0.15, 0.05].map {
            LabelProbability(label: "\($0)", probability: Float($0))
        }
        let image = ImageClassification(imageID: ImageID(rawValue: 7), labels: labels)
        func kept(_ rule: TagRule) -> [String] { rule.assignment(for: image).labels.map(\.label) }
        #expect(kept(TagRule(labelSet: "s")) == ["0.5", "0.3", "0.15"])
        #expect(kept(TagRule(labelSet: "s", threshold: 0.3)) == ["0.5", "0.3"])
        #expect(kept(TagRule(labelSet: "s", limit: 1)) == ["0.5"])
        #expect(kept(TagRule(labelSet: "s", threshold: 0.6)).isEmpty)
    }
}
