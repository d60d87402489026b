import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct SearcherTests {
    private let bench: FlowBench

    init() async throws {
        bench = try FlowBench()
        try bench.put("bird.png", "blue bird")
        try bench.put("fish.png", "red fish")
        try bench.put("both.png", "blue bird red fish")
        try await bench.index()
    }

    private func id(of path: String) async throws -> ImageID {
        let files = try await bench.catalog.files(under: nil)
        return try #require(files.first { $0.location.path == path }?.imageID)
    }

    private func search(
        _ terms: Query.Content...,
        limit: Int = 16,
        offset: Int = 0
    ) async throws -> SearchResult {
        try await bench.searcher.search(
            Query(terms: terms.map { .init($0) }, limit: limit, offset: offset)
        )
    }

    @Test func wordsFindTheirImageFirst() async throws {
        #expect(try await bench.found("red fish").first == "fish.png")
        #expect(try await bench.found("blue bird").first == "bird.png")
    }

    @Test func aPictureFindsItself() async throws {
        let result = try await search(.picture(PixelBuffer(showing: "red fish")))
        #expect(result.hits.first?.files.first?.location.path == "fish.png")
        guard case .cosine(let score)? = result.hits.first?.reasons.first?.score else {
            Issue.record("A hit without a score.")
            return
        }
        #expect(abs(score - 1) < 0.002)
    }

    @Test func likeLeavesTheImageItselfOut() async throws {
        let bird = try await id(of: "bird.png")
        let result = try await search(.like(bird))
        #expect(result.total == 2)
        #expect(!result.hits.map(\.image.id).contains(bird))
        #expect(result.hits.first?.files.first?.location.path == "both.png")
    }

    @Test func termsAddUp() async throws {
        let result = try await search(.words("red fish"), .words("blue bird"))
        #expect(result.hits.first?.files.first?.location.path == "both.png")
    }

    @Test func aNegativeWeightMovesAway() async throws {
        let result = try await bench.searcher.search(
            Query(terms: [
                .init(.words("blue bird red fish")), .init(.words("blue bird"), weight: -0.7),
            ])
        )
        #expect(result.hits.first?.files.first?.location.path == "fish.png")
    }

    @Test func pagesFollowEachOtherWithoutGaps() async throws {
        let whole = try await search(.words("fish"))
        var paged: [Hit] = []
        for offset in 0..<3 {
            let page = try await search(.words("fish"), limit: 1, offset: offset)
            #expect(page.total == 3)
            #expect(page.offset == offset)
            paged += page.hits
        }
        #expect(paged == whole.hits)
        #expect(whole.hits.map(\.rank) == [1, 2, 3])
    }

    @Test func aPageBehindTheEndIsEmptyAndKnowsTheTotal() async throws {
        let page = try await search(.words("fish"), offset: 10)
        #expect(page.hits.isEmpty)
        #expect(page.total == 3)
    }

    @Test func equalScoresStandInTheOrderOfTheirNumbers() async throws {
        // Other bytes, the same picture: two images whose vectors are equal.
        let twin = FakeImage("red fish", width: 320, height: 200)
        try bench.putBytes("twin.png", twin.data)
        try await bench.index()
        let hits = try await search(.words("red fish")).hits
        #expect(hits.prefix(2).map { $0.files[0].location.path } == ["fish.png", "twin.png"])
    }

    @Test(arguments: ["", "  ", "\u{3000}"])
    func emptyWordsAreAnError(_ words: String) async throws {
        let error = await #expect(throws: MekikiError.self) { try await search(.words(words)) }
        #expect(error?.code == .usage)
    }

    @Test func aQueryWithoutTermsIsAnError() async throws {
        let error = await #expect(throws: MekikiError.self) { try await search() }
        #expect(error?.code == .usage)
    }

    @Test(arguments: [(0, 0), (1, -1)])
    func limitsOutOfRangeAreAnError(_ limit: Int, _ offset: Int) async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await search(.words("fish"), limit: limit, offset: offset)
        }
        #expect(error?.code == .usage)
    }

    @Test func anUnknownImageIsAnError() async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await search(.like(ImageID(rawValue: 999)))
        }
        #expect(error?.code == .noInput)
        #expect(error?.description.contains("999") == true)
    }

    @Test func anImageOfAnotherModelSaysWhatToDo() async throws {
        let other = FakeEncoder(model: "other")
        let searcher = Searcher(catalog: bench.catalog, imageEncoder: other, textEncoder: other)
        let fish = try await id(of: "fish.png")
        let error = await #expect(throws: MekikiError.self) {
            try await searcher.search(Query(terms: [.init(.like(fish))]))
        }
        #expect(error?.message.contains("mekiki index") == true)
    }

    @Test func termsThatCancelOutAreAnError() async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await bench.searcher.search(
                Query(terms: [.init(.words("fish")), .init(.words("fish"), weight: -1)])
            )
        }
        #expect(error?.code == .usage)
    }
}
