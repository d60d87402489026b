import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct EvaluatorTests {
    private let bench: FlowBench

    init() async throws {
        bench = try FlowBench()
        for number in 1...12 { try bench.put("\(number).png", "subject\(number)") }
        try bench.put("both.png", "subject1 subject2")
        try await bench.index()
    }

    private func queries(_ lines: String) async throws -> [ResolvedQuery] {
        let file = JudgedQueryFile(lines)
        let lookup = ImageLookup(
            try await bench.catalog.files(under: nil),
            contents: [:],
            folders: []
        )
        let (queries, problems) = ResolvedQuery.resolve(file.queries, lookup)
        #expect(file.problems.isEmpty && problems.isEmpty)
        return queries
    }

    private func evaluate(
        _ lines: String,
        _ encoder: FakeEncoder? = nil
    ) async throws -> EvaluationReport {
        try await Evaluator(catalog: bench.catalog, encoder: encoder ?? bench.encoder)
            .run(try await queries(lines))
    }

    @Test func ranksAreThoseOfASearch() async throws {
        let report = try await evaluate(
            """
            {"query": "subject3", "images": ["3.png"], "kind": "one", "language": "en"}
            {"query": "subject1", "images": ["1.png", "both.png"], "kind": "two", "language": "en"}
            {"query": "subject5", "images": ["6.png"], "language": "xx"}
            """
        )
        #expect(report.rankedImageCount == 13)
        #expect(report.waitingImageCount == 0)
        #expect(report.outcomes[0].images.map(\.rank) == [1])
        #expect(report.outcomes[1].images.map(\.rank) == [1, 2])
        let order = try await bench.found("subject5", limit: 13)
        let place = try #require(order.firstIndex(of: "6.png"))
        #expect(report.outcomes[2].images.map(\.rank) == [place + 1])
        #expect(place > 0)
        #expect(report.all.queryCount == 3)
        #expect(report.languages.map(\.name) == ["en", "xx"])
        #expect(report.languages.map(\.summary.queryCount) == [2, 1])
        #expect(report.kinds.map(\.name) == ["one", "two"])
        #expect(report.kinds.first?.summary.estimates[.recall1]?.mean == 1)
        #expect(report.kinds.last?.summary.estimates[.recall1]?.mean == 0.5)
    }

    @Test func aModelWithoutVectorsIsRefused() async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await evaluate(
                #"{"query": "subject3", "images": ["3.png"]}"#,
                FakeEncoder(model: "other")
            )
        }
        #expect(error?.code == .noInput)
        #expect(error?.subject == "other")
    }

    @Test func rightImagesWithoutAVectorCountAsNotFound() async throws {
        let other = FakeEncoder(model: "other")
        let files = try await bench.catalog.files(under: nil)
        let id = try #require(files.first { $0.location.path == "3.png" }?.imageID)
        let vector = try #require(try await other.encode(["subject3"]).first)
        try await bench.catalog.apply(
            CatalogChanges(vectors: [.init(imageID: id, space: other.space, embedding: vector)])
        )
        let report = try await evaluate(
            #"{"query": "subject3", "images": ["3.png", "4.png"]}"#,
            other
        )
        #expect(report.rankedImageCount == 1)
        #expect(report.waitingImageCount == 12)
        #expect(report.unrankedRightImageCount == 1)
        #expect(report.outcomes.first?.images.map(\.rank) == [1, nil])
    }

    @Test func whatIsNotInTheLibraryIsLeftOutWithItsLine() async throws {
        let file = JudgedQueryFile(
            """
            {"query": "a", "images": ["1.png", "nowhere.png"]}
            {"query": "b", "images": ["nowhere.png"]}
            {"query": "c", "images": ["2.png", {"image": "2.png", "grade": 3}]}
            """
        )
        let lookup = ImageLookup(
            try await bench.catalog.files(under: nil),
            contents: [:],
            folders: []
        )
        let (queries, problems) = ResolvedQuery.resolve(file.queries, lookup)
        #expect(queries.map(\.query.line) == [1, 3])
        #expect(problems.map(\.line) == [1, 2])
        #expect(problems.map(\.image) == ["nowhere.png", "nowhere.png"])
        #expect(queries.map { Array($0.grades.values) } == [[1], [3]])
    }

    /// Ranks beyond the first thousand are found by a second, full ranking.
    @Test func farImagesHaveTheirTrueRank() async throws {
        let catalog = bench.catalog
        let space = bench.encoder.space
        var random = SplitMix64(seed: 3)
        let count = 1500
        let vectors = (0..<count).map { _ in random.unitVector(space.dimension) }
        try await catalog.apply(
            CatalogChanges(
                additions: vectors.enumerated().map { index, vector in
                    .init(
                        location: FileLocation(root: "/many", path: "\(index).png"),
                        stamp: FileStamp(byteCount: 1, modifiedAt: 1),
                        content: ImageContent(
                            hash: ContentHash(of: .init("many \(index)".utf8)),
                            format: .png,
                            width: 1,
                            height: 1,
                            byteCount: 1,
                            metadata: ImageMetadata()
                        ),
                        vector: (space, Embedding(unit: vector))
                    )
                }
            )
        )
        let query = try #require(try await bench.encoder.encode(["subject9"]).first)
        let order = try await catalog.nearest(
            to: query,
            in: space,
            NearestRequest(limit: 10_000)
        ).neighbors
        let far = try #require(order.last)
        let report = try await Evaluator(catalog: catalog, encoder: bench.encoder).run(
            try await queries(#"{"query": "subject9", "images": [\#(far.id)]}"#)
        )
        #expect(report.outcomes.first?.images.map(\.rank) == [count + 13])
    }
}
