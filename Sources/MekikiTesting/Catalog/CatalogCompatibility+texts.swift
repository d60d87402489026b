import MekikiCore

extension CatalogCompatibility {
    private static let space = VectorSpace(model: "texts", revision: "1", dimension: 4, role: .text)
    private static let metadata = ImageMetadata(
        textChunks: [.init(key: "parameters", text: "Steps: 20")],
        words: [
            .init(key: "description", text: "a cat\u{0}after"), .init(key: "keyword", text: "pets"),
            .init(key: "description", text: "猫"),
        ]
    )

    /// The texts of an image that are found by meaning.
    private static func ids(_ image: ImageID) -> [ImageTextID] {
        [0, 2].map { ImageTextID(imageID: image, origin: "photograph", position: $0) }
    }

    /// Adds an image with two texts.
    private static func add(_ name: String, _ scene: CatalogScene) async throws -> ImageID {
        var addition = CatalogScene.addition(name + ".jpg", name)
        addition.content.metadata = metadata
        try await scene.catalog.apply(CatalogChanges(additions: [addition]))
        return try await scene.id(name)
    }

    private static func vector(
        _ id: ImageTextID,
        _ values: [Float] = CatalogScene.east,
        _ space: VectorSpace = space
    ) -> CatalogChanges {
        CatalogChanges(textVectors: [
            .init(textID: id, space: space, embedding: Embedding(unit: values))
        ])
    }

    static let textChecks: [Check] = [
        Check("texts want vectors, in the order of their images and places") { scene in
            let a = try await add("a", scene)
            let b = try await add("b", scene)
            let texts = try await scene.catalog.textsWithoutVector(in: space, limit: 100)
            let ids = [a, b].flatMap(ids)
            try expectEqual(texts.map(\.id), ids)
            try expectEqual(texts.map(\.key), Array(repeating: "description", count: 4))
            try expectEqual(Array(texts[0].text.utf8), Array("a cat\u{0}after".utf8))
            try expectEqual(try await scene.catalog.lackingCount(in: space), 4)
            let two = try await scene.catalog.textsWithoutVector(in: space, limit: 2)
            try expectEqual(two.map(\.id), Array(ids[..<2]))
            try await scene.catalog.apply(vector(ids[1]))
            let left = try await scene.catalog.textsWithoutVector(in: space, limit: 100)
            try expectEqual(left.map(\.id), [ids[0], ids[2], ids[3]])
        },
        Check("vectors of texts come back, and are replaced") { scene in
            let a = try await add("a", scene)
            let id = ids(a)[1]
            try await scene.catalog.apply(vector(id))
            try await scene.catalog.apply(vector(id, CatalogScene.north))
            let found = try await scene.catalog.textEmbeddings(of: [a], in: space)
            try expectEqual(
                found.mapValues { $0.map(\.values) },
                [id: [CatalogScene.north]]
            )
            let counts = try await scene.catalog.statistics().spaces
            try expectEqual(counts, [.init(space: space, vectorCount: 1)])
        },
        Check("a text may have the vectors of several passages") { scene in
            let a = try await add("a", scene)
            let id = ids(a)[0]
            let both = [CatalogScene.east, CatalogScene.north]
            try await scene.catalog.apply(
                CatalogChanges(textVectors: [
                    .init(
                        textID: id,
                        space: space,
                        passages: both.map { Embedding(unit: $0) }
                    )
                ])
            )
            var found = try await scene.catalog.textEmbeddings(of: [a], in: space)
            try expectEqual(found.mapValues { $0.map(\.values) }, [id: both])
            let counts = try await scene.catalog.statistics().spaces
            try expectEqual(counts, [.init(space: space, vectorCount: 1)])
            for (passage, values) in both.enumerated() {
                let nearest = try await scene.catalog.nearestTexts(
                    to: Embedding(unit: values),
                    in: space,
                    TextRequest(limit: 5)
                )
                try expectEqual(nearest.neighbors.map(\.id), [id])
                try expectEqual(nearest.neighbors.map(\.passage), [passage])
                try expectEqual(nearest.total, 1)
            }
            try await scene.catalog.apply(vector(id))
            found = try await scene.catalog.textEmbeddings(of: [a], in: space)
            try expectEqual(found.mapValues { $0.map(\.values) }, [id: [CatalogScene.east]])
        },
        Check("vectors of texts go with their image") { scene in
            let a = try await add("a", scene)
            try await scene.catalog.apply(vector(ids(a)[0]))
            try await scene.remove("a.jpg")
            let found = try await scene.catalog.textEmbeddings(of: [a], in: space)
            try expect(found.isEmpty, "a text's vector must go with its image")
            try expectEqual(try await scene.catalog.lackingCount(in: space), 0)
        },
        Check("a text of an image whose file is missing wants no vector") { scene in
            _ = try await add("a", scene)
            try await scene.miss("a.jpg")
            try expectEqual(try await scene.catalog.lackingCount(in: space), 0)
            let texts = try await scene.catalog.textsWithoutVector(in: space, limit: 10)
            try expectEqual(texts, [])
        },
        Check("a vector for an unknown text, or of a wrong space, is refused") { scene in
            let a = try await add("a", scene)
            let id = ids(a)[0]
            let unknown = [
                ImageTextID(imageID: a, position: 1),
                ImageTextID(imageID: a, origin: "caption", position: 0),
                ImageTextID(imageID: ImageID(rawValue: 99), position: 0),
            ]
            for id in unknown {
                try await expectError(.badData) { try await scene.catalog.apply(vector(id)) }
            }
            try await expectError(.badData) {
                try await scene.catalog.apply(vector(id, [1, 0, 0]))
            }
            try await expectError(.badData) {
                try await scene.catalog.apply(vector(id, CatalogScene.east, CatalogScene.space))
            }
            try await expectError(.badData) {
                _ = try await scene.catalog.textEmbeddings(of: [a], in: CatalogScene.space)
            }
            try await expectError(.badData) {
                _ = try await scene.catalog.textsWithoutVector(in: CatalogScene.space, limit: 1)
            }
            try expectEqual(try await scene.catalog.statistics().spaces, [])
        },
        Check("a text model answers when no text lacks a vector") { scene in
            let a = try await add("a", scene)
            let other = VectorSpace(model: "other", revision: "1", dimension: 4, role: .text)
            let (current, next) = (ChosenSpace(space: space), ChosenSpace(space: other))
            _ = try await scene.catalog.select(.adopt(current), for: .text)
            let pending = try await scene.catalog.select(.request(next), for: .text)
            try expectEqual(pending, SpaceSelection(current: current, pending: next))
            for id in ids(a) {
                let before = try await scene.catalog.select(.complete(other), for: .text)
                try expectEqual(before, pending)
                try await scene.catalog.apply(vector(id, CatalogScene.east, other))
            }
            let after = try await scene.catalog.select(.complete(other), for: .text)
            try expectEqual(after, SpaceSelection(current: next))
            try expectEqual(try await scene.catalog.forget(space, evenCurrent: false), 0)
            try expectEqual(try await scene.catalog.selection(of: .image), SpaceSelection())
        },
    ]
}
