import MekikiKit
import MekikiTesting
import Testing

/// Which models a library works with.
@Suite struct IndexingModelsTests {
    private let bench: SpacesBench

    init() throws { bench = try SpacesBench() }

    private func current() async throws -> String? {
        try await bench.library.selection().current?.space.model
    }

    @Test func theFirstRunDecides() async throws {
        bench.put("a")
        try await bench.index(named: "/models/a")
        #expect(try await current() == "a")
        let used = try await bench.library.model(named: nil, from: bench.shelf)
        #expect(used.model.space.model == "a")
        #expect(used.reason == .library)
    }

    /// The default of the program is nothing to a library that has a model.
    @Test func anotherDefaultChangesNothing() async throws {
        try await bench.index()
        bench.models.withLock { $0[.standard] = SpacesBench.model("new default") }
        let used = try await bench.library.model(named: nil, from: bench.shelf)
        #expect(used.model.space.model == "starter")
        let models = try await bench.library.indexingModels(named: nil, from: bench.shelf)
        #expect(models.current.space.model == "starter")
        #expect(models.others.isEmpty)
    }

    @Test func aNewLibraryTakesTheDefault() async throws {
        let used = try await bench.library.model(named: nil, from: bench.shelf)
        #expect(used.reason == .standard)
        #expect(used.model.summary.isStarter)
    }

    /// A run with another model gives vectors of both, and changes nothing silently.
    @Test func aNamedModelIsFilledBesideTheCurrentOne() async throws {
        try await bench.index()
        let model = bench.put("a")
        let models = try await bench.library.indexingModels(named: "/models/a", from: bench.shelf)
        #expect(models.current.summary.isStarter)
        #expect(models.others.map(\.space) == [model.space])
        #expect(models.notes.contains { $0.contains("mekiki models use") })
        let report = try await bench.index(named: "/models/a")
        #expect(report.filledCount == 3)
        #expect(report.switchedTo == nil)
        #expect(try await current() == "starter")
        let result = try await bench.library.search(
            Query(terms: [.init(.words("red cat"))]),
            with: model
        )
        #expect(result.total == 3)
    }

    @Test func aRunWithThePendingModelIsNoOther() async throws {
        try await bench.index()
        let model = bench.put("a")
        _ = try await bench.library.use(model)
        let models = try await bench.library.indexingModels(named: "/models/a", from: bench.shelf)
        #expect(models.others.map(\.space) == [model.space])
        #expect(models.notes.isEmpty)
        #expect(try await bench.index().switchedTo == model.space)
    }

    @Test func aPendingModelThatIsGoneHoldsNoRunUp() async throws {
        try await bench.index()
        _ = try await bench.library.use(SpacesBench.model("gone"))
        let models = try await bench.library.indexingModels(named: nil, from: bench.shelf)
        #expect(models.others.isEmpty)
        #expect(models.notes.count == 1)
        #expect(try await bench.index().switchedTo == nil)
        #expect(try await bench.library.selection().pending?.space.model == "gone")
    }

    @Test func withoutTheCurrentModelOnlyANamedOneIndexes() async throws {
        try await bench.index()
        bench.models.withLock { $0 = [:] }
        await #expect(throws: MekikiError.self) { try await bench.index() }
        bench.put("a")
        let report = try await bench.index(named: "/models/a")
        #expect(report.completedCount == 3)
        #expect(try await current() == "starter")
    }

    @Test func aSpaceIsNamedByItsModelAndAPartOfItsRevision() async throws {
        try await bench.index()
        bench.models.withLock { $0[.standard] = SpacesBench.model("starter", revision: "12345") }
        _ = try await bench.library.use(SpacesBench.model("starter", revision: "12345"))
        let library = bench.library
        #expect(try await library.space(named: "starter@123").space.revision == "12345")
        #expect(try await library.space(named: "starter@1").space.revision == "1")
        for (name, code) in [("starter", MekikiError.Code.usage), ("other", .noInput)] {
            let error = await #expect(throws: MekikiError.self) {
                try await library.space(named: name)
            }
            #expect(error?.code == code)
        }
    }
}
