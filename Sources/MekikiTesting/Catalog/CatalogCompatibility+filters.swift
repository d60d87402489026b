import MekikiCore

extension CatalogCompatibility {
    private static func equals(_ field: FilterField, _ text: String) -> Filter {
        .condition(FilterCondition(field, .equals(text)))
    }

    private static func contains(_ field: FilterField, _ text: String) -> Filter {
        .condition(FilterCondition(field, .contains(text)))
    }

    private static func number(
        _ field: FilterField,
        _ least: Double? = nil,
        _ most: Double? = nil,
        excludesLower: Bool = false,
        excludesUpper: Bool = false
    ) -> Filter {
        .condition(
            FilterCondition(
                field,
                .number(
                    atLeast: least,
                    atMost: most,
                    excludesLower: excludesLower,
                    excludesUpper: excludesUpper
                )
            )
        )
    }

    private static func moment(_ field: FilterField, _ from: String?, _ before: String?) -> Filter {
        .condition(FilterCondition(field, .moment(from: from, before: before)))
    }

    /// Filters that let the described image through and not the bare one.
    private static let passing: [Filter] =
        [
            equals(.seed, "18446744073709551615"), number(.steps, 20, 20), number(.steps, 19),
            number(.steps, 19, nil, excludesLower: true), number(.cfg, nil, 7),
            equals(.model, "abc-V1"),
            contains(.model, "ｂｃ"), equals(.model, "1A2B3C4D"), equals(.lora, "fur_detail"),
            contains(.lora, "もふ"), equals(.sampler, "euler A"), equals(.generator, "comfyui"),
            equals(.camera, "canon eos r5"), contains(.camera, "EOS"), contains(.lens, "50MM"),
            moment(.taken, "2024-06-01T00:00:00", "2024-07-01T00:00:00"),
            moment(.taken, "2024-06-30T18:05:09", nil), moment(.taken, nil, "2024-06-30T18:05:10"),
            number(.rating, 4), equals(.tag, "pets"), contains(.tag, "ペット"), equals(.tag, "白い猫"),
            contains(.folder, "夏/海"), contains(.folder, "/photos/夏"), contains(.folder, "夏"),
            equals(.name, "A.JPG"), contains(.name, "a.jp"),
        ]
        + [
            "caption", "prompt", "text", "generation", "camera", "place", "tag", "keywords",
            "provenance",
        ]
        .map { equals(.has, $0) }

    /// Filters that let neither through.
    private static let stopping: [Filter] = [
        equals(.seed, "1844674407370955161"), number(.steps, 20, nil, excludesLower: true),
        number(.steps, nil, 20, excludesUpper: true), equals(.model, "abc"), equals(.lora, "fur"),
        equals(.camera, "eos"), moment(.taken, nil, "2024-06-30T18:05:09"), number(.rating, 5),
        contains(.folder, "海/夏"), contains(.folder, "photo"), contains(.folder, "/夏"),
        equals(.tag, "' OR 1 --"), contains(.name, "%"), contains(.lens, "_"), .any([]),
        moment(.added, nil, "1999-01-01T00:00:00"), number(.id, 100), equals(.type, "png"),
    ]

    static let filterChecks: [Check] = [
        Check("every field of a filter tells a described image from a bare one") { scene in
            var addition = CatalogScene.addition("夏/海/A.jpg", "a")
            addition.content.metadata = described
            try await scene.catalog.apply(CatalogChanges(additions: [addition]))
            let a = try await scene.id("a")
            let b = try await add("b.png", ImageMetadata(), scene)
            try await scene.catalog.apply(
                CatalogChanges(texts: [
                    TextChange(
                        imageID: a,
                        origin: .user,
                        texts: [.init(key: "caption", text: "c"), .init(key: "tag", text: "ペット")]
                    ),
                    TextChange(imageID: a, origin: .ocr, texts: [.init(key: "text", text: "o")]),
                ])
            )
            try await scene.catalog.setTags(
                [TagAssignment(imageID: a, labels: [.init(label: "白い猫", probability: 0.5)])],
                of: "set",
                in: CatalogScene.space
            )
            for filter in passing {
                let found = try await scene.catalog.images(matching: filter).ids
                try expect(found == [a], "\(filter) must let the image through, and no other")
                let others = try await scene.catalog.images(matching: .not(filter)).ids
                try expect(others == [b], "the opposite of \(filter) must let the other through")
            }
            for filter in stopping {
                let found = try await scene.catalog.images(matching: filter).ids
                try expect(found.isEmpty, "\(filter) must let nothing through")
            }
            let all: [Filter] = [
                .all([]), .any([equals(.seed, "1"), .all([])]), number(.width, 640, 640),
                .all([equals(.type, "jpeg"), number(.height, 1)]),
                moment(.added, "1999-01-01T00:00:00", nil), contains(.name, ""),
            ]
            for filter in all {
                let found = try await scene.catalog.images(matching: filter).ids
                try expect(found == [a, b], "\(filter) must let both through")
            }
            try await scene.miss("夏/海/A.jpg")
            try expectEqual(try await scene.catalog.images(matching: .all([])).ids, [b])
        },
        Check("a relation that does not suit its field is refused") { scene in
            let wrong = [
                equals(.steps, "20"), number(.seed, 1), contains(.taken, "2024"),
                moment(.width, nil, nil), equals(.has, "soul"),
            ]
            for filter in wrong {
                try await expectError(.usage) {
                    _ = try await scene.catalog.images(matching: .any([.not(filter)]))
                }
            }
        },
        Check("a search keeps to the images that it may find") { scene in
            var ids: [ImageID] = []
            for index in 0..<6 {
                ids.append(
                    try await scene.add("\(index)", "\(index)", [1, Float(index) / 100, 0, 0])
                )
            }
            let included = ImageSet([ids[1], ids[4], ImageID(rawValue: 500)])
            let request = NearestRequest(limit: 9, excluded: [], included: included)
            let query = Embedding(unit: CatalogScene.east)
            let found = try await scene.catalog.nearest(to: query, in: CatalogScene.space, request)
            try expectEqual(Set(found.neighbors.map(\.id)), [ids[1], ids[4]])
            try expectEqual(found.total, 2)
            let without = NearestRequest(limit: 9, excluded: [ids[1]], included: included)
            let rest = try await scene.catalog.nearest(to: query, in: CatalogScene.space, without)
            try expectEqual(rest.neighbors.map(\.id), [ids[4]])
            try expectEqual(rest.total, 1)
        },
    ]

    private static let textSpace = VectorSpace(
        model: "texts",
        revision: "1",
        dimension: 4,
        role: .text
    )

    private static func nearest(
        _ scene: CatalogScene,
        _ request: TextRequest,
        _ query: [Float] = CatalogScene.east
    ) async throws -> NearestTexts {
        try await scene.catalog.nearestTexts(
            to: Embedding(unit: query),
            in: textSpace,
            request
        )
    }

    static let nearestTextChecks: [Check] = [
        Check("each image is found once, by its nearest text") { scene in
            let a = try await add("a", described, scene)
            let b = try await add("b", described, scene)
            let prompt = { (id: ImageID) in
                ImageTextID(imageID: id, origin: "generation", position: 0)
            }
            let caption = { (id: ImageID) in ImageTextID(imageID: id, origin: "user", position: 0) }
            for id in [a, b] {
                try await scene.catalog.apply(
                    CatalogChanges(texts: [
                        TextChange(
                            imageID: id,
                            origin: .user,
                            texts: [.init(key: "caption", text: "c")]
                        )
                    ])
                )
            }
            let vectors: [(ImageTextID, [Float])] = [
                (prompt(a), CatalogScene.east), (caption(a), CatalogScene.northEast),
                (prompt(b), CatalogScene.north), (caption(b), CatalogScene.northEast),
            ]
            try await scene.catalog.apply(
                CatalogChanges(
                    textVectors: vectors.map {
                        .init(textID: $0, space: textSpace, embedding: Embedding(unit: $1))
                    }
                )
            )
            let all = try await nearest(scene, TextRequest(limit: 9))
            try expectEqual(all.neighbors.map(\.id), [prompt(a), caption(b)])
            try expectEqual(all.neighbors.map(\.target), [.prompt, .caption])
            try expectEqual(all.total, 2)
            let captions = try await nearest(scene, TextRequest(targets: [.caption], limit: 9))
            try expectEqual(captions.neighbors.map(\.id), [caption(a), caption(b)])
            let second = try await nearest(scene, TextRequest(limit: 1, offset: 1))
            try expectEqual(second.neighbors.map(\.id), [caption(b)])
            try expectEqual(second.total, 2)
            let some = TextRequest(limit: 9, included: ImageSet([b]))
            try expectEqual(try await nearest(scene, some).neighbors.map(\.id), [caption(b)])
            let none = try await nearest(scene, TextRequest(targets: [.ocr], limit: 9))
            try expectEqual(none, NearestTexts(neighbors: [], total: 0))
            // A text that changes loses its vector, and an image without its file is not found.
            try await scene.catalog.apply(
                CatalogChanges(texts: [
                    TextChange(
                        imageID: b,
                        origin: .user,
                        texts: [.init(key: "caption", text: "another")]
                    )
                ])
            )
            let changed = try await nearest(scene, TextRequest(limit: 9))
            try expectEqual(changed.neighbors.map(\.id), [prompt(a), prompt(b)])
            try await scene.miss("a.jpg")
            let left = try await nearest(scene, TextRequest(limit: 9))
            try expectEqual(left.neighbors.map(\.id), [prompt(b)])
            try expectEqual(left.total, 1)
        },
        Check("an unknown space of texts has none, and one of images is refused") { scene in
            let none = try await nearest(scene, TextRequest(limit: 9))
            try expectEqual(none, NearestTexts(neighbors: [], total: 0))
            try await expectError(.badData) {
                _ = try await scene.catalog.nearestTexts(
                    to: Embedding(unit: CatalogScene.east),
                    in: CatalogScene.space,
                    TextRequest(limit: 1)
                )
            }
        },
    ]
}
