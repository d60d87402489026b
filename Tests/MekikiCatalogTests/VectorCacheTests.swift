import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Which vectors are in memory, and that they are those of the space that was asked for.
@Suite struct VectorCacheTests {
    private let folder: TemporaryFolder
    private let catalog: SQLiteCatalog
    private let other = VectorSpace(model: "other", revision: "1", dimension: 4)

    init() async throws {
        folder = try TemporaryFolder()
        catalog = try SQLiteCatalog(path: folder.file(SQLiteCatalog.fileName))
        try await catalog.apply(CatalogSample.additions(from: 0, count: 5))
    }

    private func add(to space: VectorSpace) async throws {
        var random = SplitMix64(seed: 1)
        let images = try await catalog.files(under: nil).map(\.imageID)
        try await catalog.apply(
            CatalogChanges(
                vectors: images.map { id in
                    let values = random.unitVector(space.dimension)
                    return .init(imageID: id, space: space, embedding: Embedding(unit: values))
                }
            )
        )
    }

    private func count(_ space: VectorSpace, now: ContinuousClock.Instant = .now) throws -> Int? {
        try catalog.current.withLock { opened in
            try opened.pool.read { db in
                try opened.vectors.matrix(of: space, db, now: now)?.count
            }
        }
    }

    private var loaded: Set<VectorSpace> { catalog.current.withLock { $0.vectors.loadedSpaces } }

    @Test func aForgottenSpaceIsLetGo() async throws {
        try await add(to: other)
        #expect(try count(other) == 5)
        #expect(try count(CatalogSample.space) == 5)
        #expect(loaded == [other, CatalogSample.space])
        _ = try await catalog.forget(other, evenCurrent: false)
        #expect(try count(CatalogSample.space) == 5)
        #expect(loaded == [CatalogSample.space])
        #expect(try count(other) == nil)
    }

    /// The number of a forgotten space is given again.
    @Test func aNumberThatWasGivenAgainIsNoticed() async throws {
        try await add(to: other)
        #expect(try count(other) == 5)
        let writer = try SQLiteCatalog(path: folder.file(SQLiteCatalog.fileName))
        _ = try await writer.forget(other, evenCurrent: false)
        let next = VectorSpace(model: "next", revision: "1", dimension: 2)
        _ = try await writer.select(.adopt(ChosenSpace(space: next)), for: .image)
        #expect(try count(other) == nil)
        try await add(to: next)
        #expect(try count(other) == nil)
        #expect(try count(next) == 5)
        try await add(to: other)
        #expect(try count(other) == 5)
        #expect(try count(next) == 5)
    }

    @Test func aSpaceThatNobodyAsksForIsLetGoInTime() async throws {
        try await add(to: other)
        let start = ContinuousClock.now
        _ = try count(other, now: start)
        _ = try count(CatalogSample.space, now: start + .seconds(300))
        #expect(loaded.count == 2)
        _ = try count(CatalogSample.space, now: start + .seconds(700))
        #expect(loaded == [CatalogSample.space])
        #expect(try count(other, now: start + .seconds(700)) == 5)
    }
}
