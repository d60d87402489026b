import Foundation
import MekikiCore
import MekikiSearch
import MekikiTesting
import Testing

@Suite struct ThumbnailMakerTests {
    private let bench: FlowBench
    private let maker: ThumbnailMaker

    init() throws {
        bench = try FlowBench()
        maker = ThumbnailMaker(
            thumbnails: bench.thumbnails,
            reader: bench.reader,
            maximumFileSize: 1 << 20,
            lookups: WorkerThreads(count: 1, name: "test lookup"),
            threads: WorkerThreads(count: 2, name: "test")
        )
    }

    /// Indexes one image of a size.
    private func image(_ width: Int, _ height: Int) async throws -> ShownImage {
        try bench.putBytes("a.png", FakeImage("a", width: width, height: height).data)
        try await bench.index()
        let page = try await bench.catalog.newest(limit: 1, offset: 0)
        return try #require(page.images.first)
    }

    @Test func theUsualSizeIsThereAlready() async throws {
        let image = try await image(4000, 3000)
        let reads = bench.reader.readCount
        #expect(try await maker.thumbnail(of: image, .medium)?.isWhatWasAsked == true)
        #expect(bench.reader.readCount == reads)
    }

    @Test func otherSizesAreMadeOnceAndKept() async throws {
        let image = try await image(4000, 3000)
        for size in [ThumbnailSize.small, .large, .full] {
            let reads = bench.reader.readCount
            for _ in 0..<3 {
                #expect(try await maker.thumbnail(of: image, size)?.isWhatWasAsked == true)
            }
            #expect(bench.reader.readCount == reads + 1)
            #expect(bench.thumbnails.thumbnail(of: image.image.content.hash, size) != nil)
        }
    }

    @Test func requestsAtOnceShareTheWork() async throws {
        let image = try await image(4000, 3000)
        let reads = bench.reader.readCount
        try await withThrowingTaskGroup(of: MadeThumbnail?.self) { group in
            for _ in 0..<20 { group.addTask { try await maker.thumbnail(of: image, .large) } }
            for try await thumbnail in group { #expect(thumbnail != nil) }
        }
        #expect(bench.reader.readCount == reads + 1)
    }

    @Test(arguments: [(300, 200), (512, 512), (200, 512), (100, 90)])
    func aSmallImageIsNeverReadAgainToBeEnlarged(_ width: Int, _ height: Int) async throws {
        let image = try await image(width, height)
        let reads = bench.reader.readCount
        for size in [ThumbnailSize.medium, .large, .full] {
            #expect(try await maker.thumbnail(of: image, size)?.isWhatWasAsked == true)
        }
        #expect(bench.reader.readCount == reads)
    }

    @Test func withoutTheFileASmallerOneStandsIn() async throws {
        let image = try await image(4000, 3000)
        try bench.delete("a.png")
        let thumbnail = try #require(try await maker.thumbnail(of: image, .full))
        #expect(!thumbnail.isWhatWasAsked)
        bench.thumbnails.removeThumbnails(of: image.image.content.hash)
        #expect(try await maker.thumbnail(of: image, .full) == nil)
    }

    @Test func aFileThatHoldsSomethingElseByNowIsNotShown() async throws {
        let image = try await image(4000, 3000)
        try bench.putBytes("a.png", FakeImage("secret", width: 4000, height: 3000).data)
        let thumbnail = try #require(try await maker.thumbnail(of: image, .full))
        #expect(!thumbnail.isWhatWasAsked)
        #expect(!String(decoding: thumbnail.data, as: UTF8.self).contains("secret"))
    }

    @Test func aStoreThatCannotBeWrittenStillShows() async throws {
        let image = try await image(4000, 3000)
        let maker = ThumbnailMaker(
            thumbnails: InMemoryThumbnails(error: MekikiError(.inputOutput, "The disk is full.")),
            reader: bench.reader,
            maximumFileSize: 1 << 20,
            lookups: WorkerThreads(count: 1, name: "test lookup"),
            threads: WorkerThreads(count: 1, name: "test")
        )
        #expect(try await maker.thumbnail(of: image, .large)?.isWhatWasAsked == true)
    }
}
