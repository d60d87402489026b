import Foundation
import MekikiCatalog
import MekikiKit
import MekikiTesting
import Synchronization
import Testing

/// A library changes its model while it goes on answering.
@Suite struct LibrarySwitchingTests {
    private let bench: SpacesBench

    init() async throws {
        bench = try SpacesBench()
        try await bench.index()
    }

    private func search(_ words: String, _ model: LoadedModel) async throws -> SearchResult {
        // Names of files are found whichever model answers.
        let query = Query(terms: [.init(.words(words))], target: .image, method: .vector)
        return try await bench.library.search(query, with: model)
    }

    @Test func theFormerModelAnswersUntilTheOtherIsFilled() async throws {
        let model = bench.put("a", dimension: 16)
        let library = bench.library
        let selection = try await library.use(model)
        #expect(selection.current?.space.model == "starter")
        #expect(selection.pending == model.chosen)
        let before = try await library.model(named: nil, from: bench.shelf).model
        #expect(try await search("red cat", before).total == 3)
        #expect(try await library.fill(with: model) == .switched)
        let after = try await library.model(named: nil, from: bench.shelf).model
        #expect(after.space == model.space)
        let hits = try await search("blue sea", after).hits
        #expect(hits.first?.files.first?.location.name == "blue sea.png")
        // The former vectors stay until they are forgotten.
        #expect(try await search("red cat", before).total == 3)
        #expect(try await library.forget(before.space) == 3)
        #expect(try await search("red cat", before).total == 0)
        #expect(try await library.spaces().map(\.space) == [model.space])
    }

    @Test func goingBackNeedsNoWork() async throws {
        let model = bench.put("a")
        _ = try await bench.library.use(model)
        _ = try await bench.library.fill(with: model)
        let starter = try await bench.shelf.standard()
        let selection = try await bench.library.use(starter)
        #expect(selection.current?.space == starter.space)
        #expect(selection.pending == nil)
    }

    /// Who indexes has the library for itself, and who fills waits for it.
    @Test func aFillingWaitsForTheIndexer() async throws {
        let model = bench.put("a")
        _ = try await bench.library.use(model)
        let lock = try IndexerLock(library: bench.library.folder.url)
        let waited = WaitedFor()
        let task = Task { [library = bench.library] in
            try await library.fill(with: model, waiting: { _ in waited.note() })
        }
        while !waited.isNoted { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try await bench.library.selection().pending != nil)
        lock.release()
        #expect(try await task.value == .switched)
    }

    @Test func aFillingThatWaitsCanBeStopped() async throws {
        let model = bench.put("a")
        _ = try await bench.library.use(model)
        let lock = try IndexerLock(library: bench.library.folder.url)
        let task = Task { [library = bench.library] in try await library.fill(with: model) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        #expect(try await task.value == .stopped)
        lock.release()
    }

    @Test func twoModelsAreCompared() async throws {
        let model = bench.put("a", dimension: 16)
        try await bench.index(named: "/models/a")
        let spaces = try await bench.library.comparedSpaces([])
        #expect(spaces.map(\.space.model) == ["starter", "a"])
        let starter = try await bench.shelf.standard()
        let comparison = try await bench.library.compare(starter, model) { _ in
            Query(terms: [.init(.words("red cat"))], limit: 1)
        }
        #expect(comparison.shared.count == 1)
        #expect(comparison.first.space == starter.space)
        #expect(comparison.second.space == model.space)
        let document = ComparisonDocument(comparison, limit: 1)
        #expect(document.agreement == 1)
        #expect(document.answers.map(\.model) == ["starter", "a"])
        #expect(document.answers.allSatisfy { $0.hits.first?.otherRank == 1 })
        await #expect(throws: MekikiError.self) {
            try await bench.library.compare(model, model) { _ in Query(terms: []) }
        }
    }

    @Test func oneModelIsComparedWithNothing() async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await bench.library.comparedSpaces([])
        }
        #expect(error?.code == .noInput)
    }
}

/// Whether something was told.
private final class WaitedFor: Sendable {
    private let noted = Atomic<Bool>(false)

    var isNoted: Bool { noted.load(ordering: .relaxed) }

    func note() { noted.store(true, ordering: .relaxed) }
}
