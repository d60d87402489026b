import Foundation
import MekikiCore

extension CatalogCompatibility {
    static let imageChecks: [Check] = [
        Check("a record comes back exactly") { scene in
            let metadata = ImageMetadata(
                takenAt: "2024-06-30T18:05:09",
                cameraMake: "",
                cameraModel: "ライカ \u{1F4F7} NUL\u{0}after",
                textChunks: [
                    .init(key: "parameters", text: "三毛猫, \"quoted\"\nSteps: 20\u{0}\u{FEFF}end"),
                    .init(key: "", text: ""),
                    .init(key: "parameters", text: "the same key again"),
                    .init(key: "a\u{0}b", text: String(repeating: "長い", count: 50_000)),
                ]
            )
            let content = ImageContent(
                hash: CatalogScene.hash("a"),
                format: .webp,
                width: 1,
                height: 100_000,
                byteCount: 5_000_000_000,
                metadata: metadata,
                averageColor: AverageColor(red: 1, green: 0, blue: 255)
            )
            let addition = CatalogChanges.Addition(
                location: CatalogScene.location("a.webp"),
                stamp: FileStamp(byteCount: 5_000_000_000, modifiedAt: -1, inode: .max),
                content: content,
                vector: nil
            )
            try await scene.catalog.apply(CatalogChanges(additions: [addition]))
            let id = try await scene.id("a")
            let record = ImageRecord(id: id, content: content, addedAt: scene.clock.now)
            try expectEqual(try await scene.catalog.images([id]), [record])
            // Swift takes differently composed texts for equal; bytes don't.
            let texts = try await scene.catalog.images([id])
                .flatMap(\.content.metadata.textChunks).map { Array($0.text.utf8) }
            try expectEqual(texts, metadata.textChunks.map { Array($0.text.utf8) })
            try expectEqual(
                try await scene.catalog.files(under: nil).map(\.stamp),
                [addition.stamp]
            )
        },
        Check("absent metadata stays absent") { scene in
            let id = try await scene.add("a.jpg", "a")
            let metadata = try await scene.catalog.images([id]).map(\.content.metadata)
            try expectEqual(metadata, [ImageMetadata()])
        },
        Check("every format comes back") { scene in
            for format in ImageFormat.allCases {
                var addition = CatalogScene.addition(format.rawValue, format.rawValue)
                addition.content.format = format
                try await scene.catalog.apply(CatalogChanges(additions: [addition]))
            }
            let formats = try await scene.catalog.newest(limit: 100, offset: 0)
                .images.map(\.image.content.format)
            try expectEqual(Set(formats), Set(ImageFormat.allCases))
        },
        Check("records come in the order asked for, unknown ones left out") { scene in
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            let unknown = ImageID(rawValue: 1_000_000)
            let ids = try await scene.catalog.images([b, unknown, a, b]).map(\.id)
            try expectEqual(ids, [b, a, b])
            try expectEqual(try await scene.catalog.images([]), [])
        },
        Check("thousands of records come at once") { scene in
            let names = (0..<2000).map { "image \($0)" }
            let additions = names.map { CatalogScene.addition($0, $0) }
            try await scene.catalog.apply(CatalogChanges(additions: additions))
            let hashes = names.map(CatalogScene.hash)
            let ids = try await scene.catalog.imageIDs(of: hashes)
            try expectEqual(ids.count, names.count)
            let wanted = hashes.compactMap { ids[$0] }
            let records = try await scene.catalog.images(wanted + wanted)
            try expectEqual(records.map(\.content.hash), hashes + hashes)
            try expectEqual(try await scene.catalog.files(of: wanted).count, names.count)
        },
        Check("hashes find images, unknown ones left out") { scene in
            let a = try await scene.add("a.jpg", "a")
            let hashes = [CatalogScene.hash("a"), CatalogScene.hash("unknown")]
            let ids = try await scene.catalog.imageIDs(of: hashes)
            try expectEqual(ids, [CatalogScene.hash("a"): a])
        },
        Check("files of images come by image, ordered by path, missing ones included") { scene in
            let a = try await scene.add("z.jpg", "a")
            try await scene.add("b.jpg", "a")
            try await scene.add("a.jpg", "a", root: "/more")
            let b = try await scene.add("c.jpg", "b")
            let other = try await scene.add("d.jpg", "c")
            try await scene.miss("z.jpg")
            let unknown = ImageID(rawValue: 1_000_000)
            let files = try await scene.catalog.files(of: [a, b, unknown])
            let paths = files.mapValues { $0.map(\.location.absolutePath) }
            let expected = [
                a: ["/more/a.jpg", "/photos/b.jpg", "/photos/z.jpg"],
                b: ["/photos/c.jpg"],
            ]
            try expectEqual(paths, expected)
            try expectEqual(files[a]?.map(\.isMissing), [false, false, true])
            try expect(files[other] == nil, "files of an image that was not asked for")
        },
        Check("the newest come first, equals by descending number") { scene in
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            scene.clock.advance(by: -60)
            let older = try await scene.add("c.jpg", "c")
            scene.clock.advance(by: 120)
            let newer = try await scene.add("d.jpg", "d")
            try expectEqual(try await scene.newest(), [newer, b, a, older])
            try expectEqual(try await scene.newest(limit: 2, offset: 1), [b, a])
            try expectEqual(try await scene.newest(limit: 2, offset: 9), [])
            try expectEqual(try await scene.newest(limit: 0), [])
        },
        Check("counts add up") { scene in
            try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.add("copy.jpg", "a")
            try await scene.add("b.jpg", "b", root: "/more")
            try await scene.miss("copy.jpg")
            let failure = CatalogScene.failure("broken.jpg")
            try await scene.catalog.apply(CatalogChanges(failures: [failure]))
            let expected = CatalogStatistics(
                imageCount: 2,
                fileCount: 2,
                missingFileCount: 1,
                failureCount: 1,
                roots: ["/more", "/photos"],
                spaces: [.init(space: CatalogScene.space, vectorCount: 1)]
            )
            try expectEqual(try await scene.catalog.statistics(), expected)
        },
        Check("a page holds its images with their files and the number of all") { scene in
            let a = try await scene.add("a.jpg", "a")
            try await scene.add("copy.jpg", "a")
            try await scene.add("b.jpg", "b")
            try await scene.add("c.jpg", "c")
            try await scene.miss("copy.jpg")
            let page = try await scene.catalog.newest(limit: 2, offset: 1)
            try expectEqual(page.total, 3)
            try expectEqual(page.offset, 1)
            try expectEqual(page.images.map(\.image.id).last, a)
            let names = page.images.map { $0.files.map(\.location.name) }
            try expectEqual(names, [["b.jpg"], ["a.jpg", "copy.jpg"]])
            try expectEqual(page.images.last?.files.map(\.isMissing), [false, true])
        },
        Check("images are counted after every change") { scene in
            try expectEqual(try await scene.total(), 0)
            try await scene.add("a.jpg", "a")
            try await scene.add("copy.jpg", "a")
            try expectEqual(try await scene.total(), 1)
            let b = try await scene.add("b.jpg", "b")
            try expectEqual(try await scene.total(), 2)
            try await scene.miss("b.jpg", "copy.jpg")
            try expectEqual(try await scene.total(), 1)
            try await scene.sight("b.jpg", b)
            try expectEqual(try await scene.total(), 2)
            try await scene.remove("a.jpg", "copy.jpg")
            try expectEqual(try await scene.total(), 1)
        },
        Check("an empty catalog answers everything") { scene in
            try await scene.catalog.apply(CatalogChanges())
            let nothing = CatalogStatistics(
                imageCount: 0,
                fileCount: 0,
                missingFileCount: 0,
                failureCount: 0,
                roots: [],
                spaces: []
            )
            try expectEqual(try await scene.catalog.statistics(), nothing)
            try expectEqual(try await scene.newest(), [])
            try expectEqual(try await scene.paths(), [])
            try expectEqual(try await scene.nearest(), [])
        },
    ]
}
