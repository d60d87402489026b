import MekikiCore

extension CatalogCompatibility {
    private static let other = VectorSpace(model: "other", revision: "1", dimension: 4)

    private static func labels(_ pairs: [(String, Float)]) -> [LabelProbability] {
        pairs.map { LabelProbability(label: $0.0, probability: $0.1) }
    }

    private static func tags(
        _ scene: CatalogScene,
        _ id: ImageID
    ) async throws -> [String] {
        try await scene.catalog.tags(of: [id])[id, default: []].map { "\($0.labelSet)/\($0.label)" }
    }

    static let tagChecks: [Check] = [
        Check("tags come back as they were, by set, most probable first") { scene in
            let id = try await scene.add("a.jpg", "a")
            // A third has no end in binary; what was given comes back.
            let third = Float(1) / 3
            try await scene.catalog.setTags(
                [
                    TagAssignment(
                        imageID: id,
                        labels: labels([("b", third), ("c", 1), ("a", third), ("猫", 0)])
                    )
                ],
                of: "set 2",
                in: CatalogScene.space
            )
            try await scene.catalog.setTags(
                [TagAssignment(imageID: id, labels: labels([("a", 0.25)]))],
                of: "set 1",
                in: other
            )
            let found = try await scene.catalog.tags(of: [id, ImageID(rawValue: 1_000_000)])
            func tag(_ label: String, _ probability: Float) -> ImageTag {
                ImageTag(
                    label: label,
                    probability: probability,
                    labelSet: "set 2",
                    space: CatalogScene.space
                )
            }
            let first = ImageTag(label: "a", probability: 0.25, labelSet: "set 1", space: other)
            let expected = [first, tag("c", 1), tag("a", third), tag("b", third), tag("猫", 0)]
            try expectEqual(found, [id: expected])
        },
        Check("a set's tags replace its earlier ones, whichever model they came from") { scene in
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            for (space, label) in [(CatalogScene.space, "old"), (other, "new")] {
                try await scene.catalog.setTags(
                    [TagAssignment(imageID: a, labels: labels([(label, 0.5)]))],
                    of: "set",
                    in: space
                )
                try await scene.catalog.setTags(
                    [TagAssignment(imageID: a, labels: labels([(label, 0.5)]))],
                    of: "kept \(label)",
                    in: space
                )
                // An image that is not named later keeps its tags.
                guard label == "old" else { continue }
                try await scene.catalog.setTags(
                    [TagAssignment(imageID: b, labels: labels([(label, 0.5)]))],
                    of: "set",
                    in: space
                )
            }
            try expectEqual(try await tags(scene, a), ["kept new/new", "kept old/old", "set/new"])
            try expectEqual(try await tags(scene, b), ["set/old"])
            try await scene.catalog.setTags(
                [TagAssignment(imageID: a, labels: [])],
                of: "set",
                in: other
            )
            try expectEqual(try await tags(scene, a), ["kept new/new", "kept old/old"])
        },
        Check("sets of labels are counted and forgotten") { scene in
            try expectEqual(try await scene.catalog.labelSets(), [])
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            let assignments = [
                TagAssignment(imageID: a, labels: labels([("x", 0.5), ("y", 0.5)])),
                TagAssignment(imageID: b, labels: labels([("x", 0.5)])),
            ]
            try await scene.catalog.setTags(assignments, of: "two", in: CatalogScene.space)
            try await scene.catalog.setTags([assignments[1]], of: "One", in: CatalogScene.space)
            let one = LabelSetCount(labelSet: "One", imageCount: 1, tagCount: 1)
            let two = LabelSetCount(labelSet: "two", imageCount: 2, tagCount: 3)
            try expectEqual(try await scene.catalog.labelSets(), [one, two])
            try expectEqual(try await scene.catalog.removeTags(of: "none"), 0)
            try expectEqual(try await scene.catalog.removeTags(of: "two"), 3)
            try expectEqual(try await scene.catalog.labelSets(), [one])
            try expectEqual(try await tags(scene, a), [])
        },
        Check("tags go with their image and stay with a missing file") { scene in
            let id = try await scene.add("a.jpg", "a")
            try await scene.catalog.setTags(
                [TagAssignment(imageID: id, labels: labels([("x", 0.5)]))],
                of: "set",
                in: CatalogScene.space
            )
            try await scene.miss("a.jpg")
            try expectEqual(try await tags(scene, id), ["set/x"])
            try await scene.remove("a.jpg")
            try expectEqual(try await tags(scene, id), [])
            try expectEqual(try await scene.catalog.labelSets(), [])
        },
        Check("tags that make no sense change nothing") { scene in
            let id = try await scene.add("a.jpg", "a")
            func set(_ pairs: [(String, Float)], _ image: ImageID, _ name: String) async throws {
                let good = TagAssignment(imageID: id, labels: labels([("good", 0.5)]))
                let bad = TagAssignment(imageID: image, labels: labels(pairs))
                try await scene.catalog.setTags([good, bad], of: name, in: CatalogScene.space)
            }
            for pairs in [[("", 0.5)], [("a\0b", 0.5)], [("a", 0.5), ("a", 0.4)], [("a", 1.5)]] {
                let pairs = pairs.map { ($0.0, Float($0.1)) }
                try await expectError(.badData) { try await set(pairs, id, "set") }
            }
            try await expectError(.badData) { try await set([("a", .nan)], id, "set") }
            try await expectError(.badData) { try await set([("a", 1)], id, "") }
            let unknown = ImageID(rawValue: 9)
            try await expectError(.badData) { try await set([("a", 1)], unknown, "set") }
            try expectEqual(try await tags(scene, id), [])
            try expectEqual(try await scene.catalog.statistics().spaces, [])
        },
        Check("differently composed labels are two") { scene in
            let id = try await scene.add("a.jpg", "a")
            try await scene.catalog.setTags(
                [TagAssignment(imageID: id, labels: labels([("か\u{3099}", 0.5), ("が", 0.5)]))],
                of: "set",
                in: CatalogScene.space
            )
            let found = try await tags(scene, id).map { Array($0.unicodeScalars).count }
            try expectEqual(found, [6, 5])
        },
        Check("a space that tags come from stays known when its vectors are forgotten") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.catalog.setTags(
                [TagAssignment(imageID: id, labels: labels([("x", 0.5)]))],
                of: "set",
                in: CatalogScene.space
            )
            try expectEqual(
                try await scene.catalog.forget(CatalogScene.space, evenCurrent: true),
                1
            )
            try expectEqual(try await tags(scene, id), ["set/x"])
            let spaces = try await scene.catalog.statistics().spaces
            try expectEqual(spaces, [.init(space: CatalogScene.space, vectorCount: 0)])
        },
        Check("vectors follow tags into a space that these made known") { scene in
            let id = try await scene.add("a.jpg", "a")
            try await scene.catalog.setTags(
                [TagAssignment(imageID: id, labels: labels([("x", 0.5)]))],
                of: "set",
                in: CatalogScene.space
            )
            try await scene.add("a.jpg", "a", CatalogScene.east)
            let spaces = try await scene.catalog.statistics().spaces
            try expectEqual(spaces, [.init(space: CatalogScene.space, vectorCount: 1)])
        },
        Check("images with a vector are listed by number") { scene in
            try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b", CatalogScene.east)
            let c = try await scene.add("c.jpg", "c", CatalogScene.north)
            try await scene.add("c copy.jpg", "c")
            try await scene.add("d.jpg", "d", CatalogScene.north)
            try await scene.miss("d.jpg")
            let here = try await scene.catalog.imagesWithVector(in: CatalogScene.space)
            try expectEqual(here, [b, c])
            try expectEqual(try await scene.catalog.imagesWithVector(in: other), [])
        },
    ]
}
