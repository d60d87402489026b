import MekikiCore

extension CatalogCompatibility {
    /// A caption for each image, and queries with the captions that have them.
    private static let captions = [
        "三毛猫が眠る", "東京都の夜景", "京都の寺", "ねこカフェで宇宙の本", "A Black Cat in the Café",
        "catalog of cats", "seed 4109315140", "seed 41093151400", "ｶﾞﾗｽの瓶と猫", "Résumé 2024年夏",
        "犬", "黒猫cat遊び", "hello-world, best_quality", "🐱の絵",
    ]

    private static let expectations: [(TextQuery, [Int])] = [
        (words("三毛"), [0]), (words("毛猫"), [0]), (words("猫"), [0, 8, 11]), (words("ネコ"), [3]),
        (words("宇宙"), [3]), (words("京都"), [1, 2]), (words("東京"), [1]), (words("cat"), [4, 11]),
        (words("CAT", "café"), [4]), (words("cafe"), [4]), (words("4109315140"), [6]),
        (words("ガラス"), [8]), (words("ﾈｺ"), [3]), (words("resume"), [9]), (words("２０２４年"), [9]),
        (words("犬"), [10]), (words("犬が"), []), (words("黒猫cat"), [11]), (words("猫cat遊び"), [11]),
        (words("🐱"), [13]), (words("猫", "眠る"), [0]), (words("猫", "寺"), []),
        (words("quality"), [12]), (words("the"), [4]), (words("\"", "三毛"), [0]), (words("..."), []),
        (TextQuery(alternatives: [[.init("三毛")], [.init("寺")]]), [0, 2]),
        (TextQuery(alternatives: [[.init("猫")]], excluded: [.init("黒")]), [0, 8]),
        (TextQuery(alternatives: [[.init("cat", .prefix)]]), [4, 5, 11]),
        (TextQuery(alternatives: [[.init("black cat", .phrase)]]), [4]),
        (TextQuery(alternatives: [[.init("cat black", .phrase)]]), []),
        (TextQuery(alternatives: []), []), (TextQuery(alternatives: [[]]), []),
    ]

    /// Texts that would be operators, or an end, in some language of queries.
    private static let hostile = [
        "\"", "\" OR \"", "caption:三毛", "{raw}:x", "NEAR(三毛 猫)", "AND", "OR", "NOT", "*", "^猫",
        "-猫", "+",
        "三毛\u{0}猫", "(", ")", "'", "; DROP TABLE image; --", "\\", "%", "\u{1}猫", "\u{FFFF}",
        String(repeating: "猫が", count: 5000),
    ]

    private static func words(_ words: String...) -> TextQuery {
        TextQuery(alternatives: [words.map { TextQuery.Term($0) }])
    }

    private static func fill(_ scene: CatalogScene) async throws -> [ImageID] {
        var ids: [ImageID] = []
        for (index, caption) in captions.enumerated() {
            let metadata = ImageMetadata(words: [.init(key: "description", text: caption)])
            ids.append(try await add("x\(index)", metadata, scene))
        }
        return ids
    }

    private static func find(
        _ query: TextQuery,
        _ scene: CatalogScene,
        _ request: TextRequest = TextRequest(limit: 100)
    ) async throws -> [ImageID] {
        try await scene.catalog.matches(of: query, request).matches.map(\.id)
    }

    static let fullTextChecks: [Check] = [
        Check("words are found wherever they stand, apart from width, case and kana") { scene in
            let ids = try await fill(scene)
            for (query, wanted) in expectations {
                let found = try await find(query, scene).sorted()
                try expect(found == wanted.map { ids[$0] }, "\(query) found \(found)")
                let total = try await scene.catalog.matches(of: query, TextRequest(limit: 1)).total
                try expectEqual(total, wanted.count)
            }
        },
        Check("no character of a query has a meaning of its own") { scene in
            let ids = try await fill(scene)
            for text in hostile {
                for kind in [TextQuery.Kind.word, .phrase, .prefix] {
                    let query = TextQuery(
                        alternatives: [[.init(text, kind)]],
                        excluded: [.init(text, kind)]
                    )
                    try expectEqual(try await find(query, scene), [])
                }
                _ = try await find(words(text), scene)
                _ = try await scene.catalog.suggestions(for: text, limit: 3)
                _ = try await scene.catalog.snippets(of: words(text), in: ids, targets: [.caption])
            }
        },
        Check("each kind of words is searched apart, and all together across kinds") { scene in
            let id = try await add("夏/海", described, scene)
            try await scene.catalog.apply(
                CatalogChanges(texts: [
                    TextChange(
                        imageID: id,
                        origin: .user,
                        texts: [.init(key: "caption", text: "月"), .init(key: "tag", text: "星")]
                    ),
                    TextChange(imageID: id, origin: .ocr, texts: [.init(key: "text", text: "雨")]),
                ])
            )
            let places: [(String, TextTarget)] = [
                ("月", .caption), ("三毛猫", .prompt), ("雨", .ocr), ("星", .keywords),
                ("pets", .keywords),
                ("夏の海", .keywords), ("photos", .name), ("blurry", .raw), ("steps", .raw),
            ]
            for (word, target) in places {
                let found = try await find(
                    words(word),
                    scene,
                    TextRequest(targets: [target], limit: 9)
                )
                try expect(found == [id], "\(word) must be found as \(target)")
                let others = Set(TextTarget.allCases).subtracting([target, .raw])
                let elsewhere = try await find(
                    words(word),
                    scene,
                    TextRequest(targets: others, limit: 9)
                )
                try expect(elsewhere.isEmpty, "\(word) must be found as \(target) only")
            }
            try expectEqual(try await find(words("月", "雨", "photos"), scene), [id])
            try expectEqual(
                try await find(words("月"), scene, TextRequest(targets: [], limit: 9)),
                []
            )
        },
        Check("full text follows every change of texts, names and presence") { scene in
            let ids = try await fill(scene)
            let query = words("新しい")
            func caption(_ text: String?) -> CatalogChanges {
                CatalogChanges(texts: [
                    TextChange(
                        imageID: ids[0],
                        origin: .user,
                        texts: text.map { [.init(key: "caption", text: $0)] } ?? []
                    )
                ])
            }
            try await scene.catalog.apply(caption("新しい"))
            try expectEqual(try await find(query, scene), [ids[0]])
            try await scene.catalog.apply(caption(nil))
            try expectEqual(try await find(query, scene), [])
            try await scene.catalog.apply(
                CatalogChanges(metadata: [
                    ids[0]: ImageMetadata(words: [.init(key: "title", text: "新しい")])
                ])
            )
            try expectEqual(try await find(query, scene), [ids[0]])
            try expectEqual(try await find(words("三毛"), scene), [])
            try await scene.sight("新しい名前.jpg", ids[1])
            try expectEqual(try await find(query, scene).sorted(), [ids[0], ids[1]])
            try await scene.miss("新しい名前.jpg", "x0.jpg")
            try expectEqual(try await find(query, scene), [])
            try expectEqual(try await find(words("夜景"), scene), [ids[1]])
            try await scene.remove("x1.jpg", "新しい名前.jpg")
            try expectEqual(try await find(words("夜景"), scene), [])
        },
        Check("a phrase stands in one text, and not at the end of one and the beginning of another")
        {
            scene in
            let words = ["三毛", "猫の絵", "black", "cat"].map {
                ImageMetadata.TextChunk(key: "description", text: $0)
            }
            let id = try await add("apart", ImageMetadata(words: words), scene)
            try expectEqual(try await find(Self.words("三毛猫"), scene), [])
            let phrase = TextQuery(alternatives: [[.init("black cat", .phrase)]])
            try expectEqual(try await find(phrase, scene), [])
            try expectEqual(try await find(Self.words("三毛", "猫", "cat"), scene), [id])
        },
        Check("Japanese words in kana are suggested whole") { scene in
            let metadata = ImageMetadata(words: [.init(key: "description", text: "海で食べるすし")])
            _ = try await add("sushi", metadata, scene)
            let found = try await scene.catalog.suggestions(for: "す", limit: 9)
            try expectEqual(found.map(\.word), ["スシ"])
        },
        Check("matches come in pages, and among those that may be found") { scene in
            var ids: [ImageID] = []
            for index in 0..<25 {
                let text = String(repeating: "猫 ", count: index % 5 + 1) + "犬が京都"
                let metadata = ImageMetadata(words: [.init(key: "description", text: text)])
                ids.append(try await add("y\(index)", metadata, scene))
            }
            for query in [words("猫"), words("京都"), words("猫", "京都")] {
                let all = try await find(query, scene)
                try expectEqual(Set(all), Set(ids))
                for offset in [0, 7, 24, 25, 90] {
                    let page = try await find(query, scene, TextRequest(limit: 7, offset: offset))
                    try expectEqual(page, Array(all.dropFirst(offset).prefix(7)))
                }
                let some = ImageSet(ids.filter { $0.rawValue % 3 == 0 })
                let request = TextRequest(limit: 4, offset: 2, included: some)
                let result = try await scene.catalog.matches(of: query, request)
                let wanted = all.filter(some.contains)
                try expectEqual(result.matches.map(\.id), Array(wanted.dropFirst(2).prefix(4)))
                try expectEqual(result.total, wanted.count)
            }
        },
        Check("snippets show what matched, whole and marked") { scene in
            let long =
                String(repeating: "いろはにほへと。", count: 30) + "そこに三毛猫がいる"
                + String(repeating: "ちりぬるを", count: 30)
            let metadata = ImageMetadata(words: [.init(key: "description", text: long)])
            let id = try await add("long", metadata, scene)
            for (query, marked) in [("三毛猫", "三毛猫"), ("ﾐ毛", nil), ("猫", "猫"), ("毛猫が", "毛猫が")] {
                let found = try await scene.catalog.snippets(
                    of: words(query),
                    in: [id],
                    targets: [.caption, .raw]
                )
                guard let marked else {
                    try expectEqual(found, [:])
                    continue
                }
                guard let snippet = found[id]?.first, let range = snippet.marks.first else {
                    throw CompatibilityFailure("no snippet for \(query)", #fileID, #line)
                }
                let scalars = Array(snippet.text.unicodeScalars)
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars[range])
                try expectEqual(String(text), marked)
                try expect(scalars.count < 80, "a snippet is short")
                try expect(snippet.text.hasPrefix("…"), "what was cut off is shown")
                try expectEqual(snippet.target, .caption)
                try expectEqual(snippet.textID?.origin, "photograph")
            }
        },
        Check("words that begin like this are suggested, frequent ones first") { scene in
            _ = try await fill(scene)
            let found = try await scene.catalog.suggestions(for: "Ca", limit: 9)
            try expectEqual(found.map(\.word), ["cat", "cafe", "catalog", "cats"])
            try expectEqual(found.map(\.count), [2, 1, 1, 1])
            let one = try await scene.catalog.suggestions(for: "ca", limit: 1)
            try expectEqual(one.map(\.word), ["cat"])
        },
    ]
}
