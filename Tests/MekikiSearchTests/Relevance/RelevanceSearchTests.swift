import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Synchronization
import Testing

@testable import MekikiSearch

/// What is said of hits, from the search to the bands.
@Suite struct RelevanceSearchTests {
    private let bench: FlowBench
    private let words = WordEncoder(FakeEncoder(model: "texts"))

    /// Pictures of background words, so that those find what they find in a mixed library.
    init() async throws {
        bench = try FlowBench()
        for (index, word) in BackgroundWords.all.prefix(30).enumerated() {
            try bench.put("\(index).png", "\(word) \(index) of many")
        }
        try bench.put("zebra.png", "zebra")
        try await bench.index()
    }

    private func search(
        _ query: Query,
        _ background: RelevanceBackground? = RelevanceBackground()
    ) async throws -> SearchResult {
        try await Searcher(
            catalog: bench.catalog,
            imageEncoder: bench.encoder,
            textEncoder: bench.encoder,
            wordsEncoder: words,
            background: background
        ).search(query)
    }

    private func words(_ text: String) -> Query { Query(terms: [.init(.words(text))]) }

    @Test func whatAnswersIsStrongAndTheRestIsNot() async throws {
        let result = try await search(words("zebra"))
        #expect(result.hits.first?.files.first?.location.path == "zebra.png")
        #expect(result.hits.first?.relevance == .strong)
        #expect(result.hits.dropFirst().allSatisfy { $0.relevance == .weak })
        #expect(!result.nothingRelevant)
    }

    @Test func nothingRelevantIsSaidAndTheNearestStillShown() async throws {
        let result = try await search(words("quasar nebula"))
        #expect(!result.hits.isEmpty)
        #expect(result.hits.allSatisfy { $0.relevance == .weak })
        #expect(result.nothingRelevant)
        var second = words("quasar nebula")
        second.offset = 5
        #expect(try await !search(second).nothingRelevant)
    }

    /// A direction away from something is far from all pictures; what was wanted is what counts.
    @Test func exclusionsDontMakeHitsWeak() async throws {
        var query = words("zebra")
        query.exclusions = ["lion"]
        let result = try await search(query)
        #expect(result.hits.first?.relevance == .strong)
    }

    @Test func wordsToTheLetterAreEvidence() async throws {
        let file = try #require(try await bench.catalog.files(under: nil).first)
        let change = TextChange(
            imageID: file.imageID,
            origin: .user,
            texts: [.init(key: "caption", text: "4109315140")]
        )
        try await bench.catalog.apply(CatalogChanges(texts: [change]))
        let result = try await search(words("4109315140"))
        #expect(result.hits.first?.image.id == file.imageID)
        #expect(result.hits.first?.relevance == .strong)
    }

    @Test func picturesAndListsSayNothing() async throws {
        let file = try #require(try await bench.catalog.files(under: nil).first)
        let alike = try await search(Query(terms: [.init(.like(file.imageID))]))
        #expect(!alike.hits.isEmpty && alike.hits.allSatisfy { $0.relevance == nil })
        #expect(!alike.nothingRelevant)
        let listed = try await search(Query(terms: [], filter: .all([])))
        #expect(!listed.hits.isEmpty && listed.hits.allSatisfy { $0.relevance == nil })
        let unjudged = try await search(words("zebra"), nil)
        #expect(unjudged.hits.allSatisfy { $0.relevance == nil } && !unjudged.nothingRelevant)
    }

    @Test func whatWordsFoundIsKeptAndRenewedWithTheLibrary() async throws {
        let store = MemoryStore()
        _ = try await search(words("zebra"), RelevanceBackground(store: store))
        #expect(store.keptCounts == [31])
        // Another run takes what was kept.
        _ = try await search(words("zebra"), RelevanceBackground(store: store))
        #expect(store.keptCounts == [31])
        try bench.put("lion.png", "lion")
        try await bench.index()
        _ = try await search(words("zebra"), RelevanceBackground(store: store))
        #expect(store.keptCounts == [31, 32])
    }

    @Test func aBackgroundThatFailsCostsNoSearch() async throws {
        let store = MemoryStore(vectors: [Embedding(unit: [1])])
        let result = try await search(words("zebra"), RelevanceBackground(store: store))
        #expect(result.hits.first?.files.first?.location.path == "zebra.png")
        #expect(result.hits.first?.reasons.first { $0.channel == .image }?.relevance == nil)
    }
}

/// Keeps findings in memory.
private final class MemoryStore: RelevanceStore {
    private let wrong: [Embedding]?
    private let findings = Mutex<[(Hit.Channel, RelevanceFinding)]>([])

    init(vectors: [Embedding]? = nil) { wrong = vectors }

    /// The images of each finding among pictures.
    var keptCounts: [Int] {
        findings.withLock { $0.filter { $0.0 == .image }.map(\.1.imageCount) }
    }

    func vectors(of space: VectorSpace, _ version: String) -> [Embedding]? { wrong }

    func keep(_ vectors: [Embedding], of space: VectorSpace, _ version: String) {}

    func finding(
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    ) -> RelevanceFinding? {
        findings.withLock { $0.last { $0.0 == channel }?.1 }
    }

    func keep(
        _ finding: RelevanceFinding,
        in channel: Hit.Channel,
        of space: VectorSpace,
        _ version: String
    ) {
        findings.withLock { $0.append((channel, finding)) }
    }
}
