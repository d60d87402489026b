import MekikiCore

extension CatalogCompatibility {
    static let nearestChecks: [Check] = [
        Check("the nearest come first, with their cosines") { scene in
            let far = try await scene.add("far.jpg", "far", [-1, 0, 0, 0])
            let near = try await scene.add("near.jpg", "near", CatalogScene.northEast)
            let same = try await scene.add("same.jpg", "same", CatalogScene.east)
            let result = try await scene.catalog.nearest(
                to: Embedding(unit: CatalogScene.east),
                in: CatalogScene.space,
                NearestRequest(limit: 10)
            )
            try expectEqual(result.neighbors.map(\.id), [same, near, far])
            try expectEqual(result.total, 3)
            for (found, expected) in zip(result.neighbors.map(\.cosine), [1, 0.6, -1] as [Float]) {
                try expect(abs(found - expected) < 0.001, "expected \(expected), found \(found)")
            }
        },
        Check("equals are ordered by number") { scene in
            var ids: [ImageID] = []
            for name in ["c", "a", "b", "d"] {
                ids.append(try await scene.add(name, name, CatalogScene.east))
            }
            try expectEqual(try await scene.nearest(), ids)
            try expectEqual(try await scene.nearest(limit: 2), Array(ids[..<2]))
            try expectEqual(try await scene.nearest(limit: 2, offset: 1), Array(ids[1..<3]))
        },
        Check("pages fit together, whatever their length") { scene in
            var random = SplitMix64(seed: 2)
            let additions = (0..<50).map { number in
                CatalogScene.addition("\(number)", "\(number)", random.unitVector(4))
            }
            try await scene.catalog.apply(CatalogChanges(additions: additions))
            let all = try await scene.nearest()
            try expectEqual(all.count, 50)
            for length in [1, 7, 49, 50, 51] {
                var pages: [ImageID] = []
                for offset in stride(from: 0, to: 60, by: length) {
                    pages += try await scene.nearest(limit: length, offset: offset)
                }
                try expectEqual(pages, all, "pages of \(length)")
            }
            let endless = try await scene.nearest(limit: .max, offset: 10)
            try expectEqual(endless, Array(all[10...]))
            try expectEqual(try await scene.nearest(limit: .max, offset: .max), [])
        },
        Check("excluded images take no part and don't count") { scene in
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let b = try await scene.add("b.jpg", "b", CatalogScene.northEast)
            let missing = try await scene.add("c.jpg", "c", CatalogScene.northEast)
            try await scene.miss("c.jpg")
            let unknown = ImageID(rawValue: 1_000_000)
            let result = try await scene.catalog.nearest(
                to: Embedding(unit: CatalogScene.east),
                in: CatalogScene.space,
                NearestRequest(limit: 10, excluded: [a, missing, unknown])
            )
            try expectEqual(result.neighbors.map(\.id), [b])
            try expectEqual(result.total, 1)
        },
        Check("the total counts all that take part, on every page") { scene in
            for name in ["a", "b", "c"] { try await scene.add(name, name, CatalogScene.east) }
            try await scene.add("no vector", "no vector")
            for (limit, offset) in [(1, 0), (1, 2), (5, 9), (0, 0)] {
                let result = try await scene.catalog.nearest(
                    to: Embedding(unit: CatalogScene.east),
                    in: CatalogScene.space,
                    NearestRequest(limit: limit, offset: offset)
                )
                try expectEqual(result.total, 3)
            }
        },
        Check("an unknown space holds nothing") { scene in
            try await scene.add("a.jpg", "a", CatalogScene.east)
            let unknown = VectorSpace(model: "unknown", revision: "1", dimension: 4)
            try expectEqual(try await scene.nearest(space: unknown), [])
            let embeddings = try await scene.catalog.embeddings(
                of: [try await scene.id("a")],
                in: unknown
            )
            try expect(embeddings.isEmpty, "an unknown space holds no vectors")
        },
        Check("a query with another dimension is refused") { scene in
            try await scene.add("a.jpg", "a", CatalogScene.east)
            try await expectError(.badData) { _ = try await scene.nearest([1, 0, 0]) }
            let unknown = VectorSpace(model: "unknown", revision: "1", dimension: 4)
            try await expectError(.badData) {
                _ = try await scene.nearest([1, 0, 0], space: unknown)
            }
        },
        Check("a query that is not finite is refused") { scene in
            try await scene.add("a.jpg", "a", CatalogScene.east)
            try await expectError(.badData) { _ = try await scene.nearest([.nan, 0, 0, 0]) }
        },
        Check("a search sees every change that came before it") { scene in
            for round in 0..<20 {
                let id = try await scene.add("\(round)", "\(round)", CatalogScene.east)
                let found = try await scene.nearest()
                try expect(found.contains(id), "image \(id) was added and not found")
                try expectEqual(found.count, round + 1)
            }
            try await scene.remove("3", "5")
            try await scene.miss("7")
            try expectEqual(try await scene.nearest().count, 17)
        },
    ]
}
