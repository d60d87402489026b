import MekikiKit
import Testing

/// How the model of a library is found again.
@Suite struct ModelShelfTests {
    private let bench: SpacesBench

    init() throws { bench = try SpacesBench([]) }

    @Test func theFolderComesBeforeTheName() {
        let space = VectorSpace(model: "openai/clip", revision: "1", dimension: 4)
        #expect(
            ModelRequest.candidates(for: ChosenSpace(space: space, folder: "/m"))
                == [.named("/m"), .named("openai/clip"), .standard]
        )
        let starter = VectorSpace(model: "starter", revision: "1", dimension: 4)
        #expect(
            ModelRequest.candidates(for: ChosenSpace(space: starter)) == [.starter, .standard]
        )
    }

    @Test func aModelIsFoundByItsSpace() async throws {
        let model = bench.put("a")
        let found = try await bench.shelf.model(of: model.chosen)
        #expect(found.space == model.space)
    }

    @Test func aModelThatMovedIsFoundByItsName() async throws {
        let model = bench.put("a")
        bench.models.withLock { models in
            models[.named("a")] = models.removeValue(forKey: .named("/models/a"))
        }
        #expect(try await bench.shelf.model(of: model.chosen).space == model.space)
    }

    /// Words of other weights can't be compared with the library's vectors.
    @Test func filesThatChangedAreAnotherModel() async throws {
        let old = SpacesBench.model("a", revision: "1")
        bench.put("a", revision: "2")
        let error = await #expect(throws: MekikiError.self) {
            try await bench.shelf.model(of: old.chosen)
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("have changed") == true)
        #expect(error?.message.contains("mekiki models use a") == true)
    }

    @Test func aModelThatIsGoneIsSaidToBe() async throws {
        let error = await #expect(throws: MekikiError.self) {
            try await bench.shelf.model(of: SpacesBench.model("gone").chosen)
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("/models/gone") == true)
        #expect(error?.message.contains("have changed") == false)
    }

    @Test func theStarterIsKnownByItsName() async throws {
        #expect(try await bench.shelf.model(named: "starter").summary.isStarter)
        let error = await #expect(throws: MekikiError.self) {
            try await bench.shelf.model(named: "other")
        }
        #expect(error?.code == .noInput)
    }

    @Test func modelsThatAreNotKeptAreFoundAgain() async throws {
        let model = bench.put("a")
        let shelf = bench.shelf
        _ = try await shelf.model(of: model.chosen)
        bench.models.withLock { $0[.named("/models/a")] = nil }
        _ = try await shelf.model(of: model.chosen)
        await shelf.keepOnly([])
        await #expect(throws: MekikiError.self) { try await shelf.model(of: model.chosen) }
    }
}
