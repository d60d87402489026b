import MekikiCore

extension CatalogCompatibility {
    private static let other = VectorSpace(model: "model", revision: "2", dimension: 4)
    private static let small = VectorSpace(model: "small", revision: "1", dimension: 2)

    private static func vector(
        _ id: ImageID,
        _ values: [Float],
        _ space: VectorSpace = CatalogScene.space
    ) -> CatalogChanges {
        CatalogChanges(vectors: [
            .init(imageID: id, space: space, embedding: Embedding(unit: values))
        ])
    }

    static let vectorChecks: [Check] = [
        Check("vectors come back as they were, up to half precision") { scene in
            var random = SplitMix64(seed: 1)
            let space = VectorSpace(model: "long", revision: "1", dimension: 77)
            let values = random.unitVector(77)
            let id = try await scene.add("a.jpg", "a", values, space: space)
            let unknown = ImageID(rawValue: 1_000_000)
            let found = try await scene.catalog.embeddings(of: [id, unknown], in: space)
            try expectEqual(Array(found.keys), [id])
            let components = found[id]?.values ?? []
            try expectEqual(components.count, 77)
            for (found, expected) in zip(components, values) {
                // Half precision rounds by at most 2^-11 of a value, 2^-25 near zero.
                let bound = abs(expected) / 2048 + 0x1p-25
                try expect(abs(found - expected) <= bound, "\(expected) became \(found)")
            }
        },
        Check("a vector can follow later") { scene in
            let id = try await scene.add("a.jpg", "a")
            try expectEqual(try await scene.nearest(), [])
            try await scene.catalog.apply(vector(id, CatalogScene.east))
            try expectEqual(try await scene.nearest(), [id])
        },
        Check("a vector replaces an earlier one") { scene in
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let b = try await scene.add("b.jpg", "b", CatalogScene.northEast)
            try expectEqual(try await scene.nearest(), [a, b])
            try await scene.catalog.apply(vector(a, CatalogScene.north))
            try expectEqual(try await scene.nearest(), [b, a])
            try expectEqual(try await scene.catalog.statistics().spaces.map(\.vectorCount), [2])
        },
        Check("a known image read again takes the vector that comes with it") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.add("copy.jpg", "a", CatalogScene.north)
            let vectors = try await scene.catalog.embeddings(of: [id], in: CatalogScene.space)
            try expectEqual(vectors[id]?.values, CatalogScene.north)
        },
        Check("spaces live side by side, in the order of their creation") { scene in
            let a = try await scene.add("a.jpg", "a", CatalogScene.east, space: other)
            let b = try await scene.add("b.jpg", "b", CatalogScene.east)
            try await scene.catalog.apply(vector(b, [1, 0], small))
            try expectEqual(try await scene.nearest(space: other), [a])
            try expectEqual(try await scene.nearest(), [b])
            try expectEqual(try await scene.nearest([1, 0], space: small), [b])
            let spaces = try await scene.catalog.statistics().spaces.map(\.space)
            try expectEqual(spaces, [other, CatalogScene.space, small])
        },
        Check("images without a vector are listed by number") { scene in
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b", CatalogScene.east)
            let c = try await scene.add("c.jpg", "c")
            try await scene.add("c copy.jpg", "c")
            let here = try await scene.catalog.imagesWithoutVector(in: CatalogScene.space)
            try expectEqual(here, [a, c])
            let there = try await scene.catalog.imagesWithoutVector(in: other)
            try expectEqual(there, [a, b, c])
        },
        Check("a vector with another dimension than its space is refused") { scene in
            let id = try await scene.add("a.jpg", "a")
            try await expectError(.badData) {
                try await scene.catalog.apply(vector(id, [1, 0, 0]))
            }
            try await expectError(.badData) { try await scene.add("b.jpg", "b", [1, 0, 0]) }
            try expectEqual(try await scene.paths(), ["a.jpg"])
        },
        Check("a vector that is not finite is refused") { scene in
            for bad in [Float.nan, .infinity, 100_000] {
                try await expectError(.badData) {
                    try await scene.add("a.jpg", "a", [bad, 0, 0, 0])
                }
            }
        },
        Check("a vector for an unknown image is refused") { scene in
            try await expectError(.badData) {
                let changes = vector(ImageID(rawValue: 9), CatalogScene.east)
                try await scene.catalog.apply(changes)
            }
            try expectEqual(try await scene.catalog.statistics().spaces, [])
        },
        Check("a space without vectors stays known") { scene in
            try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.remove("a.jpg")
            let spaces = try await scene.catalog.statistics().spaces
            try expectEqual(spaces, [.init(space: CatalogScene.space, vectorCount: 0)])
        },
    ]
}
