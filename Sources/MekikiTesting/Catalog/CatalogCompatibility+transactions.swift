import MekikiCore

extension CatalogCompatibility {
    static let transactionChecks: [Check] = [
        Check("changes that fail half-way leave nothing") { scene in
            let kept = try await scene.add("kept.jpg", "kept", CatalogScene.east)
            try await scene.add("gone.jpg", "gone", CatalogScene.north)
            let failure = CatalogScene.failure("failed.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            try await scene.miss("gone.jpg")
            let before = try await Answers(scene)

            let fresh = VectorSpace(model: "fresh", revision: "1", dimension: 4)
            var changes = CatalogChanges(
                additions: [
                    CatalogScene.addition("new.jpg", "new", CatalogScene.east, space: fresh),
                    CatalogScene.addition("kept.jpg", "changed", CatalogScene.north),
                    CatalogScene.addition("failed.jpg", "healed"),
                    CatalogScene.addition("x.jpg", "x", CatalogScene.east, root: "/new root"),
                ],
                sightings: [
                    FileRecord(
                        location: CatalogScene.location("gone.jpg"),
                        stamp: CatalogScene.stamp(5),
                        imageID: kept
                    )
                ],
                removals: [CatalogScene.location("kept.jpg")],
                failures: [CatalogScene.failure("gone.jpg")]
            )
            changes.additions.append(CatalogScene.addition("bad.jpg", "bad", [1, 0, 0]))
            try await expectError(.badData) { try await scene.catalog.apply(changes) }
            try expectEqual(try await Answers(scene), before)

            changes.additions.removeLast()
            changes.sightings.append(
                FileRecord(
                    location: CatalogScene.location("unknown.jpg"),
                    stamp: CatalogScene.stamp(),
                    imageID: ImageID(rawValue: 1_000_000)
                )
            )
            try await expectError(.badData) { try await scene.catalog.apply(changes) }
            try expectEqual(try await Answers(scene), before)

            changes.sightings.removeLast()
            try await scene.catalog.apply(changes)
            try expect(try await Answers(scene) != before, "the mended changes must apply")
        },
        Check("changes are applied in their order") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            let location = CatalogScene.location("a.jpg")
            let file = FileRecord(location: location, stamp: CatalogScene.stamp(), imageID: id)
            // Seen, then missing: missing it is.
            try await scene.catalog.apply(CatalogChanges(sightings: [file], missing: [location]))
            try expectEqual(try await scene.paths(), ["a.jpg?"])
            // Removed, then failed: the failure stays.
            let failure = CatalogScene.failure("a.jpg")
            try await scene.catalog.apply(
                CatalogChanges(removals: [location], failures: [failure])
            )
            try expectEqual(try await scene.paths(), [])
            try expectEqual(try await scene.catalog.failures(under: nil), [failure])
        },
        Check("writers side by side lose nothing") { scene in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        for number in 0..<10 {
                            let name = "\(writer)/\(number)"
                            try await scene.add(name, name, CatalogScene.east)
                            _ = try await scene.nearest()
                        }
                    }
                }
                try await group.waitForAll()
            }
            try expectEqual(try await scene.nearest().count, 40)
            try expectEqual(try await scene.catalog.statistics().fileCount, 40)
        },
    ]

    /// All that a catalog says, to compare before and after.
    private struct Answers: Equatable {
        var files: [FileRecord]
        var failures: [FailureRecord]
        var statistics: CatalogStatistics
        var newest: ImagePage
        var nearest: NearestResult

        init(_ scene: CatalogScene) async throws {
            files = try await scene.catalog.files(under: nil)
            failures = try await scene.catalog.failures(under: nil)
            statistics = try await scene.catalog.statistics()
            newest = try await scene.catalog.newest(limit: 1000, offset: 0)
            nearest = try await scene.catalog.nearest(
                to: Embedding(unit: CatalogScene.east),
                in: CatalogScene.space,
                NearestRequest(limit: 1000)
            )
        }
    }
}
