import MekikiCore

extension CatalogCompatibility {
    private static let space = CatalogScene.space
    private static let other = VectorSpace(model: "other", revision: "1", dimension: 4)
    private static let first = ChosenSpace(space: space, folder: "/models/model")
    private static let second = ChosenSpace(space: other, folder: "/models/other")

    private static func vector(_ id: ImageID, _ space: VectorSpace) -> CatalogChanges {
        CatalogChanges(vectors: [
            .init(imageID: id, space: space, embedding: Embedding(unit: CatalogScene.east))
        ])
    }

    static let spaceChecks: [Check] = [
        Check("settings are kept, replaced and removed") { scene in
            let catalog = scene.catalog
            try expectEqual(try await catalog.setting("a"), nil)
            try await catalog.set("a", to: "1")
            try await catalog.set("b", to: "")
            try await catalog.set("a", to: "二")
            try expectEqual(try await catalog.setting("a"), "二")
            try expectEqual(try await catalog.setting("b"), "")
            try await catalog.set("a", to: nil)
            try await catalog.set("c", to: nil)
            try expectEqual(try await catalog.setting("a"), nil)
            try expectEqual(try await catalog.setting("b"), "")
        },
        Check("a new catalog answers with no model") { scene in
            for role in VectorSpace.Role.allCases {
                try expectEqual(try await scene.catalog.selection(of: role), SpaceSelection())
            }
        },
        Check("the first model is adopted with its folder, and known without vectors") { scene in
            let catalog = scene.catalog
            let adopted = try await catalog.select(.adopt(first), for: .image)
            try expectEqual(adopted, SpaceSelection(current: first))
            try expectEqual(try await catalog.select(.adopt(second), for: .image), adopted)
            try expectEqual(try await catalog.selection(of: .image), adopted)
            try expectEqual(
                try await catalog.statistics().spaces,
                [.init(space: space, vectorCount: 0, folder: "/models/model")]
            )
            let elsewhere = ChosenSpace(space: space, folder: "/elsewhere")
            let moved = try await catalog.select(.adopt(elsewhere), for: .image)
            try expectEqual(moved, SpaceSelection(current: elsewhere))
            // Where it is not known, what was known stays.
            _ = try await catalog.select(.adopt(ChosenSpace(space: space)), for: .image)
            try expectEqual(try await catalog.selection(of: .image), moved)
        },
        Check("a space that is noted is known, and chosen for nothing") { scene in
            let catalog = scene.catalog
            try await catalog.note(second)
            try await catalog.note(ChosenSpace(space: other))
            try expectEqual(try await catalog.selection(of: .image), SpaceSelection())
            let known = CatalogStatistics.SpaceCount(
                space: other,
                vectorCount: 0,
                folder: "/models/other"
            )
            try expectEqual(try await catalog.statistics().spaces, [known])
            _ = try await catalog.select(.request(ChosenSpace(space: other)), for: .image)
            try expectEqual(try await catalog.selection(of: .image).current, second)
        },
        Check("a requested model answers when no image lacks a vector, and not before") { scene in
            let catalog = scene.catalog
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let b = try await scene.add("b.jpg", "b", CatalogScene.north)
            _ = try await catalog.select(.adopt(first), for: .image)
            let pending = SpaceSelection(current: first, pending: second)
            try expectEqual(try await catalog.select(.request(second), for: .image), pending)
            try expectEqual(try await catalog.lackingCount(in: other), 2)
            try await catalog.apply(vector(a, other))
            try expectEqual(try await catalog.lackingCount(in: other), 1)
            try expectEqual(try await catalog.select(.complete(other), for: .image), pending)
            try await catalog.apply(vector(b, other))
            try expectEqual(try await catalog.lackingCount(in: other), 0)
            // What comes at the last moment counts.
            let c = try await scene.add("c.jpg", "c", CatalogScene.east)
            try expectEqual(try await catalog.select(.complete(other), for: .image), pending)
            try await catalog.apply(vector(c, other))
            let switched = try await catalog.select(.complete(other), for: .image)
            try expectEqual(switched, SpaceSelection(current: second))
            try expectEqual(try await catalog.selection(of: .image), switched)
            // The former vectors are kept, and going back takes no time.
            try expectEqual(try await scene.nearest().count, 3)
            try expectEqual(
                try await catalog.select(.request(first), for: .image),
                SpaceSelection(current: first)
            )
        },
        Check("an image whose file is missing holds nothing up") { scene in
            let catalog = scene.catalog
            try await scene.add("a.jpg", "a", CatalogScene.east)
            _ = try await catalog.select(.adopt(first), for: .image)
            _ = try await catalog.select(.request(second), for: .image)
            try await scene.miss("a.jpg")
            try expectEqual(try await catalog.lackingCount(in: other), 0)
            try expectEqual(
                try await catalog.select(.complete(other), for: .image),
                SpaceSelection(current: second)
            )
        },
        Check("a requested model may answer unfilled") { scene in
            let catalog = scene.catalog
            try await scene.add("a.jpg", "a", CatalogScene.east)
            _ = try await catalog.select(.adopt(first), for: .image)
            _ = try await catalog.select(.request(second), for: .image)
            try expectEqual(
                try await catalog.select(.completeAnyway(other), for: .image),
                SpaceSelection(current: second)
            )
        },
        Check("the current space is not forgotten, others are with their vectors") { scene in
            let catalog = scene.catalog
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await catalog.apply(vector(a, other))
            _ = try await catalog.select(.adopt(first), for: .image)
            try await expectError(.usage) {
                _ = try await catalog.forget(space, evenCurrent: false)
            }
            try expectEqual(try await scene.nearest(), [a])
            try expectEqual(try await scene.nearest(space: other), [a])
            try expectEqual(try await catalog.forget(other, evenCurrent: false), 1)
            try expectEqual(try await scene.nearest(space: other), [])
            try expectEqual(try await catalog.statistics().spaces.map(\.space), [space])
            try expectEqual(try await catalog.forget(other, evenCurrent: false), 0)
            // Even the current one, by force: it stays the one that answers, with nothing.
            try expectEqual(try await catalog.forget(space, evenCurrent: true), 1)
            try expectEqual(try await scene.nearest(), [])
            try expectEqual(
                try await catalog.selection(of: .image),
                SpaceSelection(current: first)
            )
            try expectEqual(try await catalog.imagesWithoutVector(in: space), [a])
        },
        Check("forgetting a pending space gives up the change") { scene in
            let catalog = scene.catalog
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.add("b.jpg", "b", CatalogScene.east)
            _ = try await catalog.select(.adopt(first), for: .image)
            _ = try await catalog.select(.request(second), for: .image)
            try await catalog.apply(vector(a, other))
            try expectEqual(try await catalog.forget(other, evenCurrent: false), 1)
            try expectEqual(
                try await catalog.selection(of: .image),
                SpaceSelection(current: first)
            )
        },
        Check("a space that comes after a forgotten one is never taken for it") { scene in
            let catalog = scene.catalog
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let small = VectorSpace(model: "small", revision: "1", dimension: 2)
            for round in 0..<3 {
                try await catalog.apply(vector(a, other))
                try expectEqual(try await scene.nearest(space: other), [a])
                _ = try await catalog.forget(other, evenCurrent: false)
                try await catalog.apply(
                    CatalogChanges(vectors: [
                        .init(imageID: a, space: small, embedding: Embedding(unit: [1, 0]))
                    ])
                )
                try expectEqual(try await scene.nearest(space: other), [], "round \(round)")
                try expectEqual(try await scene.nearest([1, 0], space: small), [a])
                _ = try await catalog.forget(small, evenCurrent: false)
            }
        },
        Check("a space of another role is refused, and lives beside") { scene in
            let catalog = scene.catalog
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let texts = VectorSpace(model: "model", revision: "1", dimension: 4, role: .text)
            let chosen = ChosenSpace(space: texts)
            try await expectError(.badData) { try await catalog.apply(vector(a, texts)) }
            try await expectError(.badData) { _ = try await scene.nearest(space: texts) }
            try await expectError(.badData) {
                _ = try await catalog.select(.request(chosen), for: .image)
            }
            _ = try await catalog.select(.adopt(first), for: .image)
            _ = try await catalog.select(.adopt(chosen), for: .text)
            try expectEqual(try await catalog.selection(of: .image).current, first)
            try expectEqual(try await catalog.selection(of: .text).current, chosen)
            try expectEqual(try await catalog.statistics().spaces.map(\.space), [space, texts])
        },
    ]
}
