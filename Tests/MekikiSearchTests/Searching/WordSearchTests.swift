import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

/// Searches over pictures and their words together.
@Suite struct WordSearchTests {
    private let bench: FlowBench
    private let words = WordEncoder(FakeEncoder(model: "texts"))

    init() async throws {
        bench = try FlowBench()
        for name in ["bird", "fish", "both", "tree"] {
            try bench.put("\(name).png", name == "both" ? "bird fish" : name)
        }
        try await bench.index()
        try await describe("tree.png", "a fish in the tree")
        try await describe("bird.png", "seed 4109315140")
    }

    private func id(_ path: String) async throws -> ImageID {
        let files = try await bench.catalog.files(under: nil)
        return try #require(files.first { $0.location.path == path }?.imageID)
    }

    private func describe(_ path: String, _ caption: String) async throws {
        let id = try await id(path)
        let change = TextChange(
            imageID: id,
            origin: .user,
            texts: [.init(key: "caption", text: caption)]
        )
        try await bench.catalog.apply(CatalogChanges(texts: [change]))
        let text = ImageTextID(imageID: id, origin: "user", position: 0)
        let vector = try #require(try await words.encode([caption], as: .document).first)
        try await bench.catalog.apply(
            CatalogChanges(textVectors: [
                .init(textID: text, space: words.space, embedding: vector)
            ])
        )
    }

    private func search(
        _ text: String,
        _ target: SearchTarget = .all,
        _ method: SearchMethod = .hybrid,
        reranks: Bool = false,
        exclusions: [String] = [],
        limit: Int = 16,
        cursor: String? = nil
    ) async throws -> SearchResult {
        let searcher = Searcher(
            catalog: bench.catalog,
            imageEncoder: bench.encoder,
            textEncoder: bench.encoder,
            wordsEncoder: words,
            reranker: FakeReranker()
        )
        return try await searcher.search(
            Query(
                terms: [.init(.words(text))],
                exclusions: exclusions,
                target: target,
                method: method,
                reranks: reranks,
                limit: limit,
                cursor: cursor
            )
        )
    }

    private func paths(_ result: SearchResult) -> [String] {
        result.hits.compactMap { $0.files.first?.location.path }
    }

    @Test func theOriginalsCombinationsGiveWhatTheyGave() async throws {
        #expect(
            try await paths(search("fish", .image, .vector)).prefix(2) == ["fish.png", "both.png"]
        )
        #expect(try await paths(search("fish", .caption, .text)) == ["tree.png"])
        let near = try await search("a fish in the tree", .caption, .vector)
        #expect(paths(near) == ["tree.png", "bird.png"])
        #expect(near.hits.first?.reasons.first?.channel == .captionVector)
        let hybrid = try await search("fish", .caption, .hybrid)
        #expect(Set(paths(hybrid)) == ["tree.png", "bird.png"])
        #expect(paths(hybrid).first == "tree.png")
        let reranked = try await search("fish tree", .caption, .hybrid, reranks: true)
        #expect(reranked.hits.first?.reasons.first?.channel == .reranker)
        #expect(paths(reranked).first == "tree.png")
    }

    @Test func aSeedIsFoundByTextAndNotByVectors() async throws {
        let text = try await search("4109315140", .all, .text)
        #expect(paths(text) == ["bird.png"])
        let snippet = try #require(text.hits.first?.reasons.first?.snippet)
        #expect(snippet.text == "seed 4109315140")
        #expect(snippet.marks == [5..<15])
        let vector = try await search("4109315140", .image, .vector)
        #expect(vector.total == 4)
    }

    @Test func allChannelsComeTogetherEachImageOnce() async throws {
        let result = try await search("fish")
        #expect(Set(paths(result)).count == 4)
        #expect(result.hits.count == 4)
        #expect(result.total == 4)
        let tree = try #require(result.hits.first { $0.files.first?.location.path == "tree.png" })
        let channels = tree.reasons.map(\.channel)
        #expect(channels.contains(.fullText))
        #expect(channels.contains(.image))
        #expect(channels.last == .fusion)
    }

    @Test func excludedWordsAreNotFound() async throws {
        let result = try await search("fish", exclusions: ["tree"])
        #expect(!paths(result).contains("tree.png"))
        #expect(result.total == 3)
    }

    @Test func anExclusionAloneListsTheRest() async throws {
        let result = try await bench.searcher.search(Query(exclusions: ["tree"]))
        #expect(result.total == 3)
        #expect(!paths(result).contains("tree.png"))
    }

    @Test func aFilterAloneListsTheNewestFirst() async throws {
        let filter = Filter.condition(FilterCondition(.has, .equals("caption")))
        let result = try await bench.searcher.search(Query(filter: filter))
        let ids = [try await id("bird.png"), try await id("tree.png")]
        #expect(result.hits.map(\.image.id) == ids.sorted(by: >))
    }

    @Test func aCursorGoesOnWhereThePageEndedWhateverArrives() async throws {
        let whole = try await paths(search("fish"))
        let first = try await search("fish", limit: 2)
        #expect(first.cursor != nil)
        try bench.put("late.png", "fish")
        try await bench.index()
        let second = try await search("fish", limit: 2, cursor: first.cursor)
        #expect(paths(first) + paths(second) == whole)
        #expect(second.cursor == nil)
        #expect(second.hits.map(\.rank) == [3, 4])
        let error = await #expect(throws: MekikiError.self) {
            try await search("bird", cursor: first.cursor)
        }
        #expect(error?.code == .noInput)
    }

    @Test(arguments: [
        (SearchTarget.image, SearchMethod.text, false, "fish"), (.caption, .text, false, " "),
        (.all, .text, false, " "), (.all, .hybrid, true, " "),
    ])
    func combinationsThatMakeNoSenseAreRefused(
        _ target: SearchTarget,
        _ method: SearchMethod,
        _ reranks: Bool,
        _ text: String
    ) async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await search(text, target, method, reranks: reranks)
        }
        #expect(error?.code == .usage)
    }
}
