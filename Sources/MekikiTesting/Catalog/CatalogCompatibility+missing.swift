import MekikiCore

extension CatalogCompatibility {
    static let missingFileChecks: [Check] = [
        Check("a missing file stays known, and its image takes no part") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.miss("a.jpg")
            try expectEqual(try await scene.paths(), ["a.jpg?"])
            try expectEqual(try await scene.catalog.images([id]).map(\.id), [id])
            try expectEqual(try await scene.knownID("a"), id)
            try expectEqual(try await scene.newest(), [])
            try expectEqual(try await scene.nearest(), [])
            let statistics = try await scene.catalog.statistics()
            try expectEqual(statistics.imageCount, 0)
            try expectEqual(statistics.fileCount, 0)
            try expectEqual(statistics.missingFileCount, 1)
            try expectEqual(statistics.spaces.map(\.vectorCount), [1])
        },
        Check("an image takes part while one of its files is present") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.add("copy.jpg", "a")
            try await scene.miss("a.jpg")
            try expectEqual(try await scene.newest(), [id])
            try expectEqual(try await scene.nearest(), [id])
            try expectEqual(try await scene.catalog.statistics().imageCount, 1)
        },
        Check("a missing file keeps its stamp") { scene in
            try await scene.add("a.jpg", "a")
            try await scene.miss("a.jpg")
            let stamps = try await scene.catalog.files(under: nil).map(\.stamp)
            try expectEqual(stamps, [CatalogScene.stamp()])
        },
        Check("a sighting brings a missing file back") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.miss("a.jpg")
            try expectEqual(try await scene.nearest(), [])
            try await scene.sight("a.jpg", id)
            try expectEqual(try await scene.paths(), ["a.jpg"])
            try expectEqual(try await scene.newest(), [id])
            try expectEqual(try await scene.nearest(), [id])
        },
        Check("reading a missing file again brings it back") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.miss("a.jpg")
            try expectEqual(try await scene.add("a.jpg", "a"), id)
            try expectEqual(try await scene.paths(), ["a.jpg"])
            try expectEqual(try await scene.nearest(), [id])
        },
        Check("an unknown file that is missing changes nothing") { scene in
            try await scene.add("a.jpg", "a")
            try await scene.miss("other.jpg")
            try expectEqual(try await scene.paths(), ["a.jpg"])
            try expectEqual(try await scene.catalog.statistics().roots, [CatalogScene.root])
        },
        Check("an image whose file is missing wants no vector") { scene in
            try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            try await scene.miss("a.jpg")
            let wanting = try await scene.catalog.imagesWithoutVector(in: CatalogScene.space)
            try expectEqual(wanting, [b])
        },
        Check("a vector for an image whose file is missing waits for the file") { scene in
            let id = try await scene.add("a.jpg", "a")
            try await scene.miss("a.jpg")
            try await scene.catalog.apply(
                CatalogChanges(vectors: [
                    CatalogChanges.VectorAddition(
                        imageID: id,
                        space: CatalogScene.space,
                        embedding: Embedding(unit: CatalogScene.east)
                    )
                ])
            )
            try expectEqual(try await scene.nearest(), [])
            try await scene.sight("a.jpg", id)
            try expectEqual(try await scene.nearest(), [id])
        },
    ]
}
