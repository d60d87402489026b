import MekikiCore

extension CatalogCompatibility {
    /// What an image was generated from, with all fields.
    public static let generation = Generation(
        generator: "ComfyUI",
        rule: "comfyui-graph",
        prompt: "三毛猫, a cat",
        negativePrompt: "blurry",
        seed: "18446744073709551615",
        steps: 20,
        sampler: "Euler a",
        cfgScale: 7,
        width: 512,
        height: 768,
        model: "ＡＢＣ-v1",
        modelHash: "1a2b3c4d",
        loras: [.init(name: "Fur_Detail", weight: 0.8), .init(name: "もふもふ")],
        other: [.init(key: "Clip skip", text: "2")]
    )

    /// What a file can say about itself, with all fields.
    public static let described = ImageMetadata(
        takenAt: "2024-06-30T18:05:09",
        cameraMake: "Canon",
        cameraModel: "EOS R5",
        lens: "RF 50mm F1.2",
        rating: 4,
        latitude: 35.5,
        longitude: -120.25,
        textChunks: [.init(key: "parameters", text: "三毛猫, a cat\nSteps: 20")],
        words: [.init(key: "title", text: "夏の海"), .init(key: "keyword", text: "Pets")],
        generation: generation,
        provenance: Provenance(
            source: "c2pa",
            isGenerated: true,
            isEdited: false,
            generator: "ChatGPT"
        )
    )

    static func add(
        _ name: String,
        _ metadata: ImageMetadata,
        _ scene: CatalogScene
    ) async throws -> ImageID {
        var addition = CatalogScene.addition(name + ".jpg", name)
        addition.content.metadata = metadata
        try await scene.catalog.apply(CatalogChanges(additions: [addition]))
        return try await scene.id(name)
    }

    private static func change(
        _ id: ImageID,
        _ origin: TextOrigin,
        _ texts: [ImageMetadata.TextChunk],
        _ lines: [TextLine] = []
    ) -> CatalogChanges {
        CatalogChanges(texts: [
            TextChange(imageID: id, origin: origin, texts: texts, lines: lines)
        ])
    }

    private static let line = TextLine(
        text: "営業中",
        confidence: 0.5,
        x: 0.25,
        y: 0,
        width: 0.5,
        height: 0.125
    )

    static let wordChecks: [Check] = [
        Check("metadata comes back whole") { scene in
            let id = try await add("a", described, scene)
            let found = try await scene.catalog.images([id]).first?.content.metadata
            try expectEqual(found, described)
        },
        Check("texts come back by origin and place, those of the file first") { scene in
            let id = try await add("a", described, scene)
            try await scene.catalog.apply(
                change(
                    id,
                    .user,
                    [.init(key: "caption", text: "mine"), .init(key: "tag", text: "t")]
                )
            )
            try await scene.catalog.apply(change(id, .sidecar, [.init(key: "caption", text: "s")]))
            let texts = try await scene.catalog.texts(of: [id])[id] ?? []
            try expectEqual(
                texts.map { "\($0.id.origin) \($0.id.position) \($0.key)" },
                [
                    "file 0 parameters", "generation 0 prompt", "generation 1 negative",
                    "photograph 0 title", "photograph 1 keyword", "sidecar 0 caption",
                    "user 0 caption", "user 1 tag",
                ]
            )
            let none = try await scene.catalog.texts(of: [ImageID(rawValue: 99)])
            try expectEqual(none, [:])
        },
        Check("texts of an origin are replaced, with the vectors of the old ones") { scene in
            let id = try await add("a", described, scene)
            let space = VectorSpace(model: "texts", revision: "1", dimension: 4, role: .text)
            let textID = ImageTextID(imageID: id, origin: "user", position: 0)
            try await scene.catalog.apply(change(id, .user, [.init(key: "caption", text: "one")]))
            let vector = CatalogChanges(textVectors: [
                .init(textID: textID, space: space, embedding: Embedding(unit: CatalogScene.east))
            ])
            try await scene.catalog.apply(vector)
            // The same texts again change nothing.
            try await scene.catalog.apply(change(id, .user, [.init(key: "caption", text: "one")]))
            var vectors = try await scene.catalog.textEmbeddings(of: [id], in: space)
            try expectEqual(vectors.keys.sorted(), [textID])
            try await scene.catalog.apply(change(id, .user, [.init(key: "caption", text: "two")]))
            vectors = try await scene.catalog.textEmbeddings(of: [id], in: space)
            try expect(vectors.isEmpty, "the vector of a text that changed must go")
            try await scene.catalog.apply(change(id, .user, []))
            let texts = try await scene.catalog.texts(of: [id])[id] ?? []
            try expect(
                !texts.contains { $0.id.origin == "user" },
                "no texts take the old ones away"
            )
        },
        Check("lines of text come back, and go with their image") { scene in
            let id = try await add("a", ImageMetadata(), scene)
            try await scene.catalog.apply(
                change(id, .ocr, [.init(key: "text", text: "営業中")], [line])
            )
            try expectEqual(try await scene.catalog.lines(of: [id]), [id: [line]])
            try await scene.catalog.apply(change(id, .ocr, []))
            try expectEqual(try await scene.catalog.lines(of: [id]), [:])
            try await scene.catalog.apply(
                change(id, .ocr, [.init(key: "text", text: "営業中")], [line])
            )
            try await scene.remove("a.jpg")
            try expectEqual(try await scene.catalog.lines(of: [id]), [:])
            try expectEqual(try await scene.catalog.texts(of: [id]), [:])
        },
        Check("texts that come with metadata can't be written apart, nor lines elsewhere") {
            scene in
            let id = try await add("a", ImageMetadata(), scene)
            for origin in [TextOrigin.file, .generation, .photograph] {
                try await expectError(.badData) {
                    try await scene.catalog.apply(change(id, origin, []))
                }
            }
            try await expectError(.badData) {
                try await scene.catalog.apply(change(id, .user, [], [line]))
            }
            try await expectError(.badData) {
                try await scene.catalog.apply(change(ImageID(rawValue: 99), .user, []))
            }
        },
        Check("metadata that is read anew takes the place of the old, and leaves other texts") {
            scene in
            let id = try await add("a", described, scene)
            try await scene.catalog.apply(change(id, .user, [.init(key: "caption", text: "mine")]))
            let newer = ImageMetadata(
                takenAt: "2025-01-01T00:00:00",
                textChunks: [.init(key: "Comment", text: "new")]
            )
            try await scene.catalog.apply(CatalogChanges(metadata: [id: newer]))
            let found = try await scene.catalog.images([id]).first?.content.metadata
            try expectEqual(found, newer)
            let texts = try await scene.catalog.texts(of: [id])[id] ?? []
            try expectEqual(texts.map(\.text), ["new", "mine"])
        },
        Check("what people wrote goes with a file whose picture stays the same") { scene in
            func write(_ name: String, _ width: Int, _ color: Int) async throws -> ImageID {
                var addition = CatalogScene.addition("a.jpg", name)
                addition.content.width = width
                addition.content.averageColor = AverageColor(rawValue: color)
                try await scene.catalog.apply(CatalogChanges(additions: [addition]))
                return try await scene.id(name)
            }
            func own(_ id: ImageID) async throws -> [String] {
                (try await scene.catalog.texts(of: [id])[id] ?? []).map {
                    "\($0.id.origin) \($0.text)"
                }
            }
            let first = try await write("first", 640, 0x102030)
            let words: [TextOrigin: String] = [.user: "mine", .imported: "theirs", .model: "its"]
            for (origin, text) in words {
                try await scene.catalog.apply(
                    change(first, origin, [.init(key: "caption", text: text)])
                )
            }
            let second = try await write("second", 640, 0x102030)
            try expectEqual(try await own(second), ["imported theirs", "user mine"])
            try expectEqual(try await own(first), [])
            let query = TextQuery(alternatives: [[.init("mine")]])
            let found = try await scene.catalog.matches(of: query, TextRequest(limit: 9))
            try expectEqual(found.matches.map(\.id), [second])
            // Another picture under the same name is another image.
            let third = try await write("third", 320, 0x102030)
            try expectEqual(try await own(third), [])
            let fourth = try await write("fourth", 320, 0x102031)
            try expectEqual(try await own(fourth), [])
        },
        Check("work is awaited until it is finished in this version") { scene in
            let ids = [
                try await add("a", ImageMetadata(), scene),
                try await add("b", ImageMetadata(), scene),
                try await add("c", ImageMetadata(), scene),
            ]
            let work = FinishedWork.Work("ocr", version: "1")
            let catalog = scene.catalog
            try expectEqual(
                try await catalog.imagesAwaiting(work, after: nil, limit: 2),
                Array(ids[..<2])
            )
            try expectEqual(
                try await catalog.imagesAwaiting(work, after: ids[0], limit: 9),
                Array(ids[1...])
            )
            try await catalog.apply(
                CatalogChanges(finished: [
                    FinishedWork(imageID: ids[0], work: work),
                    FinishedWork(imageID: ids[1], work: work, failure: "broken"),
                ])
            )
            try expectEqual(try await catalog.imagesAwaiting(work, after: nil, limit: 9), [ids[2]])
            try expectEqual(try await catalog.awaitingCount(work), 1)
            let next = FinishedWork.Work("ocr", version: "2")
            try expectEqual(try await catalog.awaitingCount(next), 3)
            let other = FinishedWork.Work("caption", version: "1")
            try expectEqual(try await catalog.awaitingCount(other), 3)
            try await scene.miss("c.jpg")
            try expectEqual(try await catalog.awaitingCount(work), 0)
        },
    ]
}
