import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Synchronization
import Testing

@testable import MekikiSearch

/// The way of many files through reader, encoder and catalog at the same time.
@Suite(.timeLimit(.minutes(10))) struct IndexerFlowTests {
    private let bench: FlowBench
    private let store: CountingCatalog

    init() throws {
        store = CountingCatalog()
        bench = try FlowBench(store)
    }

    @Test func nothingIsDoneTwice() async throws {
        for index in 0..<60 {
            try bench.put(String(format: "%02d.png", index), "word\(index % 20)")
        }
        let report = try await bench.index(batchSize: 4)
        #expect(report.encodedCount == 20)
        #expect(report.recognizedCount == 40)
        #expect(bench.reader.readCount == 20)
        #expect(bench.encoder.encodedCount == 20)
        #expect(store.askedCount <= 60)
        let files = try await bench.catalog.files(under: nil)
        for (index, file) in files.enumerated() {
            #expect(file.imageID == files[index % 20].imageID)
        }
    }

    @Test func copiesOfABrokenFileAreReadOnce() async throws {
        for index in 0..<40 { try bench.put("\(index).png", "x", failure: "It is broken.") }
        let report = try await bench.index(batchSize: 2)
        #expect(report.failures.count == 40)
        #expect(Set(report.failures.map(\.reason)) == ["It is broken."])
        #expect(bench.reader.readCount == 1)
    }

    @Test(arguments: [1, 3, 16, 100], [Int64(1), 300, 1 << 20])
    func theLibraryIsTheSameWhateverTheLimits(_ batchSize: Int, _ memory: Int64) async throws {
        var expected: [String] = []
        for index in 0..<50 {
            let path = String(format: "%02d.png", index)
            switch index % 5 {
            case 0: try bench.putBytes(path, Data())
            case 1: try bench.put(path, "the same in all")
            default: try bench.put(path, "word\(index) " + String(repeating: "x", count: index))
            }
            if index % 5 > 1 || index == 1 { expected.append(path) }
        }
        let report = try await bench.index(batchSize: batchSize, memoryBytes: memory)
        #expect(report.encodedCount == expected.count)
        #expect(report.failures.count == 10)
        let newest = try await bench.catalog.newest(limit: 100, offset: 0).images
        let firstPaths = newest.sorted { $0.image.id < $1.image.id }
            .compactMap { $0.files.first?.location.path }
        #expect(firstPaths == expected)
    }

    @Test func whatIsHeldIsBounded() async throws {
        // One picture of these fills a fourth of what may be held.
        for index in 0..<40 {
            try bench.put("\(index).png", "word\(index) " + String(repeating: "x", count: 3000))
        }
        let encoder = SlowEncoder()
        _ = try await bench.index(encoder: encoder, batchSize: 100, memoryBytes: 12_000)
        #expect(encoder.batchSizes.reduce(0, +) == 40)
        #expect(encoder.batchSizes.allSatisfy { $0 == 1 })
        let large = SlowEncoder(model: "large")
        _ = try await bench.index(encoder: large, batchSize: 16, memoryBytes: 1 << 20)
        #expect(large.batchSizes == [16, 16, 8])
    }

    @Test func anErrorOfTheCatalogStopsTheRunAndLeavesWholeBatches() async throws {
        for index in 0..<40 { try bench.put(String(format: "%02d.png", index), "word\(index)") }
        store.failAfter(3)
        await #expect(throws: MekikiError.self) { try await bench.index(batchSize: 4) }
        store.failAfter(.max)
        let kept = try await bench.catalog.statistics().imageCount
        #expect(kept == 12)
        let report = try await bench.index()
        #expect(report.unchangedCount == 12)
        #expect(report.encodedCount == 28)
    }

    @Test func aThumbnailThatCannotBeWrittenStopsTheRun() async throws {
        for index in 0..<20 { try bench.put("\(index).png", "word\(index)") }
        let full = MekikiError(.inputOutput, "The disk is full.")
        let indexer = Indexer(
            catalog: store,
            reader: bench.reader,
            encoder: bench.encoder,
            thumbnails: InMemoryThumbnails(error: full),
            threadCount: 2
        )
        let error = await #expect(throws: MekikiError.self) {
            try await indexer.run([bench.folder.path])
        }
        #expect(error?.code == .inputOutput)
        #expect(await store.failures(under: nil).isEmpty)
    }

    @Test func anotherModelsImagesGoTheSameWay() async throws {
        for index in 0..<50 { try bench.put("\(index).png", "word\(index)") }
        _ = try await bench.index()
        try bench.delete("7.png")
        try bench.put("8.png", "something else")
        let other = SlowEncoder(model: "other")
        let subfolder = bench.folder.file("none")
        try FileManager.default.createDirectory(at: subfolder, withIntermediateDirectories: true)
        let report = try await bench.index(folders: [subfolder.path], encoder: other)
        // The two files that are gone or changed are for the next run over their folder.
        #expect(report.completedCount == 48)
        #expect(other.batchSizes == [16, 16, 16])
    }
}

/// An encoder that takes its time, and notes how many pictures it got at once.
private final class SlowEncoder: ImageEncoder {
    let inputSide = 32
    private let encoder: FakeEncoder
    private let sizes = Mutex<[Int]>([])

    init(model: String = "slow") { encoder = FakeEncoder(model: model) }

    var space: VectorSpace { encoder.space }
    var batchSizes: [Int] { sizes.withLock { $0 } }

    func encode(_ pictures: [PixelBuffer]) async throws -> [Embedding] {
        sizes.withLock { $0.append(pictures.count) }
        try await Task.sleep(for: .milliseconds(5))
        return try await encoder.encode(pictures)
    }
}

extension CountingCatalog: TagStore {
    func imagesWithVector(in space: VectorSpace) async throws -> [ImageID] {
        try await catalog.imagesWithVector(in: space)
    }
    func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) async throws {
        try await catalog.setTags(assignments, of: labelSet, in: space)
    }
    func tags(of ids: [ImageID]) async -> [ImageID: [ImageTag]] { await catalog.tags(of: ids) }
    func labelSets() async -> [LabelSetCount] { await catalog.labelSets() }
    func removeTags(of labelSet: String) async -> Int { await catalog.removeTags(of: labelSet) }
}

/// A catalog in memory that counts what it is asked, and fails on demand.
private final class CountingCatalog: ImageStore, VectorSearch {
    private let catalog = InMemoryCatalog()
    private let state = Mutex((asked: 0, applied: 0, limit: Int.max))

    /// How many contents were looked up.
    var askedCount: Int { state.withLock { $0.asked } }

    /// Lets some more changes through, and then none.
    func failAfter(_ limit: Int) { state.withLock { $0 = ($0.asked, 0, limit) } }

    func apply(_ changes: CatalogChanges) async throws {
        let mayApply = state.withLock { state in
            state.applied += 1
            return state.applied <= state.limit
        }
        guard mayApply else { throw MekikiError(.inputOutput, "The disk is full.") }
        try await catalog.apply(changes)
    }

    func imageIDs(of hashes: [ContentHash]) async throws -> [ContentHash: ImageID] {
        state.withLock { $0.asked += hashes.count }
        return await catalog.imageIDs(of: hashes)
    }

    func files(under root: String?) async -> [FileRecord] { await catalog.files(under: root) }
    func failures(under root: String?) async -> [FailureRecord] {
        await catalog.failures(under: root)
    }
    func images(_ ids: [ImageID]) async -> [ImageRecord] { await catalog.images(ids) }
    func files(of ids: [ImageID]) async -> [ImageID: [FileRecord]] { await catalog.files(of: ids) }
    func newest(limit: Int, offset: Int) async -> ImagePage {
        await catalog.newest(limit: limit, offset: offset)
    }
    func statistics() async -> CatalogStatistics { await catalog.statistics() }
    func nearest(
        to query: Embedding,
        in space: VectorSpace,
        _ request: NearestRequest
    ) async throws -> NearestResult {
        try await catalog.nearest(to: query, in: space, request)
    }
    func embeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) async throws -> [ImageID: Embedding] {
        try await catalog.embeddings(of: ids, in: space)
    }
    func imagesWithoutVector(in space: VectorSpace) async throws -> [ImageID] {
        try await catalog.imagesWithoutVector(in: space)
    }
}

extension CountingCatalog: SpaceStore, SettingStore, TextVectorStore {
    func selection(of role: VectorSpace.Role) async -> SpaceSelection {
        await catalog.selection(of: role)
    }
    func select(
        _ change: SpaceSelection.Change,
        for role: VectorSpace.Role
    ) async throws -> SpaceSelection {
        try await catalog.select(change, for: role)
    }
    func note(_ chosen: ChosenSpace) async { await catalog.note(chosen) }
    func lackingCount(in space: VectorSpace) async -> Int { await catalog.lackingCount(in: space) }
    func forget(_ space: VectorSpace, evenCurrent: Bool) async throws -> Int {
        try await catalog.forget(space, evenCurrent: evenCurrent)
    }
    func setting(_ key: String) async -> String? { await catalog.setting(key) }
    func set(_ key: String, to value: String?) async { await catalog.set(key, to: value) }
    func textsWithoutVector(in space: VectorSpace, limit: Int) async throws -> [ImageText] {
        try await catalog.textsWithoutVector(in: space, limit: limit)
    }
    func textEmbeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) async throws -> [ImageTextID: [Embedding]] {
        try await catalog.textEmbeddings(of: ids, in: space)
    }
}

extension CountingCatalog: WordStore, TextVectorSearch {
    func texts(of ids: [ImageID]) async -> [ImageID: [ImageText]] { await catalog.texts(of: ids) }
    func lines(of ids: [ImageID]) async -> [ImageID: [TextLine]] { await catalog.lines(of: ids) }
    func images(matching filter: Filter) async throws -> ImageSet {
        try await catalog.images(matching: filter)
    }
    func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) async -> [ImageID] {
        await catalog.imagesAwaiting(work, after: after, limit: limit)
    }
    func awaitingCount(_ work: FinishedWork.Work) async -> Int {
        await catalog.awaitingCount(work)
    }
    func nearestTexts(
        to query: Embedding,
        in space: VectorSpace,
        _ request: TextRequest
    ) async throws -> NearestTexts {
        try await catalog.nearestTexts(to: query, in: space, request)
    }
}

extension CountingCatalog: TextSearch {
    func matches(of query: TextQuery, _ request: TextRequest) async -> TextSearchResult {
        await catalog.matches(of: query, request)
    }
    func snippets(
        of query: TextQuery,
        in ids: [ImageID],
        targets: Set<TextTarget>
    ) async -> [ImageID: [TextSnippet]] {
        await catalog.snippets(of: query, in: ids, targets: targets)
    }
    func suggestions(for beginning: String, limit: Int) async -> [(word: String, count: Int)] {
        await catalog.suggestions(for: beginning, limit: limit)
    }
}
