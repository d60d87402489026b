import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

/// Runs that make vectors of several models.
@Suite struct IndexerSpacesTests {
    private let bench: FlowBench
    private let next = FakeEncoder(model: "next", dimension: 32)

    init() async throws {
        bench = try FlowBench()
        for number in 0..<20 { try bench.put("\(number).png", "picture \(number)") }
        try await bench.index()
        let current = ChosenSpace(space: bench.encoder.space)
        _ = try await bench.catalog.select(.adopt(current), for: .image)
    }

    private func indexer(_ others: [any ImageEncoder]) -> Indexer {
        Indexer(
            catalog: bench.catalog,
            reader: bench.reader,
            encoder: bench.encoder,
            others: others,
            thumbnails: bench.thumbnails
        )
    }

    private func request() async throws {
        let chosen = ChosenSpace(space: next.space)
        _ = try await bench.catalog.select(.request(chosen), for: .image)
    }

    @Test func aRunCompletesAChangeThatIsPending() async throws {
        try await request()
        try bench.put("new.png", "picture new")
        let report = try await indexer([next]).run([bench.folder.url.path])
        #expect(report.encodedCount == 1)
        #expect(report.filledCount == 21)
        #expect(report.switchedTo == next.space)
        let selection = try await bench.catalog.selection(of: .image)
        #expect(selection == SpaceSelection(current: ChosenSpace(space: next.space)))
        // Neither is blind for what came meanwhile.
        for space in [bench.encoder.space, next.space] {
            #expect(try await bench.catalog.lackingCount(in: space) == 0)
        }
    }

    @Test func aModelThatWasOnlyNamedTakesNoPlace() async throws {
        let report = try await indexer([next]).run([bench.folder.url.path])
        #expect(report.filledCount == 20)
        #expect(report.switchedTo == nil)
        let selection = try await bench.catalog.selection(of: .image)
        #expect(selection.current?.space == bench.encoder.space)
        #expect(selection.pending == nil)
    }

    /// Between the runs of a watch, the other space is filled by somebody else.
    @Test func aRunOverChangesFillsWithWhatItBrings() async throws {
        try await request()
        try bench.put("new.png", "picture new")
        let changes = FolderChanges(touched: [FileLocation(root: try bench.root, path: "")])
        let report = try await indexer([next]).run(changes)
        #expect(report.encodedCount == 1)
        #expect(report.filledCount == 1)
        #expect(report.switchedTo == nil)
        #expect(try await bench.catalog.lackingCount(in: next.space) == 20)
        #expect(try await bench.catalog.lackingCount(in: bench.encoder.space) == 0)
    }

    @Test func theLastImageOfAWatchCompletesTheChange() async throws {
        try await request()
        let waiting = try await bench.catalog.imagesWithoutVector(in: next.space)
        let vectors = try await next.encode(waiting.map { _ in "picture" })
        try await bench.catalog.apply(
            CatalogChanges(
                vectors: zip(waiting, vectors).map {
                    .init(imageID: $0, space: next.space, embedding: $1)
                }
            )
        )
        try bench.put("new.png", "picture new")
        let changes = FolderChanges(touched: [FileLocation(root: try bench.root, path: "")])
        let report = try await indexer([next]).run(changes)
        #expect(report.switchedTo == next.space)
    }
}
