import MekikiCore

extension CatalogCompatibility {
    static let failureChecks: [Check] = [
        Check("failures are kept with their reason, ordered by path") { scene in
            let failures = ["b.jpg", "a.jpg"].map { CatalogScene.failure($0, "broken \($0)") }
            try await scene.catalog.apply(CatalogChanges(failures: failures))
            try expectEqual(
                try await scene.catalog.failures(under: CatalogScene.root),
                failures.reversed()
            )
            try expectEqual(try await scene.catalog.failures(under: "/other"), [])
            let statistics = try await scene.catalog.statistics()
            try expectEqual(statistics.failureCount, 2)
            try expectEqual(statistics.roots, [CatalogScene.root])
        },
        Check("a failure replaces an earlier one of its file") { scene in
            for reason in ["first", "second"] {
                let failure = CatalogScene.failure("a.jpg", reason)
                try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            }
            let reasons = try await scene.catalog.failures(under: nil).map(\.reason)
            try expectEqual(reasons, ["second"])
        },
        Check("a file that fails keeps its image, and is missing") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            let failure = CatalogScene.failure("a.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            try expectEqual(try await scene.paths(), ["a.jpg?"])
            try expectEqual(try await scene.knownID("a"), id)
            try expectEqual(try await scene.nearest(), [])
        },
        Check("reading a file clears its failure") { scene in
            let failure = CatalogScene.failure("a.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            try await scene.add("a.jpg", "a")
            try expectEqual(try await scene.catalog.failures(under: nil), [])
        },
        Check("sighting a file clears its failure") { scene in
            let id = try await scene.add("a.jpg", "a")
            let failure = CatalogScene.failure("a.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            try await scene.sight("a.jpg", id)
            try expectEqual(try await scene.catalog.failures(under: nil), [])
            try expectEqual(try await scene.paths(), ["a.jpg"])
        },
        Check("the removal of a file removes its failure") { scene in
            let failure = CatalogScene.failure("a.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            try await scene.remove("a.jpg")
            try expectEqual(try await scene.catalog.failures(under: nil), [])
            try expectEqual(try await scene.catalog.statistics().roots, [])
        },
        Check("a failure leaves the failures of other files alone") { scene in
            let failures = [CatalogScene.failure("a.jpg"), CatalogScene.failure("b.jpg")]
            try await scene.catalog.apply(CatalogChanges(failures: failures))
            try await scene.add("a.jpg", "a")
            try expectEqual(try await scene.catalog.failures(under: nil), [failures[1]])
        },
    ]
}
