import Foundation
import MekikiCore

extension CatalogCompatibility {
    static let fileChecks: [Check] = [
        Check("a new file brings its image") { scene in
            let id = try await scene.add("a.jpg", "a")
            let file = FileRecord(
                location: CatalogScene.location("a.jpg"),
                stamp: CatalogScene.stamp(),
                imageID: id
            )
            try expectEqual(try await scene.catalog.files(under: nil), [file])
            try expect(id.rawValue >= 1, "numbers start at 1, found \(id)")
        },
        Check("a known content keeps its record and gets another file") { scene in
            let id = try await scene.add("a.jpg", "a")
            let before = try await scene.catalog.images([id])
            scene.clock.advance(by: 60)
            try await scene.add("copy.jpg", "a")
            try expectEqual(try await scene.catalog.images([id]), before)
            try expectEqual(try await scene.paths(), ["a.jpg", "copy.jpg"])
            try expectEqual(try await scene.catalog.statistics().imageCount, 1)
        },
        Check("two files of one content in one batch are one image") { scene in
            let additions = ["a.jpg", "b.jpg"].map { CatalogScene.addition($0, "same") }
            try await scene.catalog.apply(CatalogChanges(additions: additions))
            try expectEqual(try await scene.newest().count, 1)
            try expectEqual(try await scene.paths(), ["a.jpg", "b.jpg"])
        },
        Check("a file with new content moves to the new image, and the old one goes") { scene in
            let old = try await scene.add("a.jpg", "old", CatalogScene.east)
            let new = try await scene.add("a.jpg", "new", CatalogScene.north)
            try expectEqual(try await scene.catalog.images([old, new]).map(\.id), [new])
            try expectEqual(try await scene.knownID("old"), nil)
            try expectEqual(try await scene.nearest(), [new])
            let vectors = try await scene.catalog.embeddings(of: [old], in: CatalogScene.space)
            try expect(vectors.isEmpty, "the old image's vector must go with it")
        },
        Check("an image stays while another file holds it") { scene in
            let old = try await scene.add("a.jpg", "old", CatalogScene.east)
            try await scene.add("copy.jpg", "old")
            try await scene.add("a.jpg", "new")
            try expectEqual(try await scene.knownID("old"), old)
            try expectEqual(try await scene.nearest(), [old])
        },
        Check("files that swap their contents keep both images") { scene in
            let a = try await scene.add("a.jpg", "a", CatalogScene.east)
            let b = try await scene.add("b.jpg", "b", CatalogScene.north)
            let swap = [CatalogScene.addition("a.jpg", "b"), CatalogScene.addition("b.jpg", "a")]
            try await scene.catalog.apply(CatalogChanges(additions: swap))
            let files = try await scene.catalog.files(under: nil)
            try expectEqual(files.map(\.imageID), [b, a])
            try expectEqual(try await scene.nearest(), [a, b])
        },
        Check("a move keeps the image, its record and its vector") { scene in
            let id = try await scene.add("old.jpg", "a", CatalogScene.east)
            let before = try await scene.catalog.images([id])
            let file = FileRecord(
                location: CatalogScene.location("new.jpg"),
                stamp: CatalogScene.stamp(3),
                imageID: id
            )
            let old = CatalogScene.location("old.jpg")
            try await scene.catalog.apply(CatalogChanges(sightings: [file], removals: [old]))
            try expectEqual(try await scene.catalog.files(under: nil), [file])
            try expectEqual(try await scene.catalog.images([id]), before)
            try expectEqual(try await scene.nearest(), [id])
        },
        Check("a sighting moves a file to the image that it names") { scene in
            let a = try await scene.add("a.jpg", "a")
            let b = try await scene.add("b.jpg", "b")
            try await scene.sight("b.jpg", a)
            try expectEqual(try await scene.catalog.files(under: nil).map(\.imageID), [a, a])
            try expectEqual(try await scene.catalog.images([b]), [])
        },
        Check("a sighting of an unknown image is refused") { scene in
            try await expectError(.badData) {
                try await scene.sight("a.jpg", ImageID(rawValue: 99))
            }
            try expectEqual(try await scene.paths(), [])
        },
        Check("the last file's removal removes the image") { scene in
            let id = try await scene.add("a.jpg", "a", CatalogScene.east)
            try await scene.add("copy.jpg", "a")
            try await scene.remove("a.jpg")
            try expectEqual(try await scene.nearest(), [id])
            try await scene.remove("copy.jpg")
            try expectEqual(try await scene.catalog.images([id]), [])
            try expectEqual(try await scene.nearest(), [])
            try expectEqual(try await scene.catalog.files(of: [id]), [:])
        },
        Check("a removed image's number is never given again") { scene in
            let old = try await scene.add("a.jpg", "a")
            try await scene.remove("a.jpg")
            let new = try await scene.add("b.jpg", "b")
            try expect(new > old, "number \(old) went, and then \(new) was given")
        },
        Check("the removal of an unknown file changes nothing") { scene in
            try await scene.add("a.jpg", "a")
            try await scene.remove("other.jpg")
            try expectEqual(try await scene.paths(), ["a.jpg"])
        },
        Check("files are listed by root, in the order of their paths' bytes") { scene in
            for path in ["b/1.jpg", "猫.jpg", "b.jpg", "B.jpg", "b/1.JPG"] {
                try await scene.add(path, path)
            }
            try await scene.add("z.jpg", "z", root: "/a")
            try await scene.add("y.jpg", "y", root: "/photos/below")
            let ordered = ["B.jpg", "b.jpg", "b/1.JPG", "b/1.jpg", "猫.jpg"]
            try expectEqual(try await scene.paths(under: "/photos"), ordered)
            try expectEqual(try await scene.paths(), ["z.jpg"] + ordered + ["y.jpg"])
            try expectEqual(try await scene.paths(under: "/unknown"), [])
        },
        Check("names that differ only in how they are composed are two files") { scene in
            // Both read が: composed, and as か with a voicing mark.
            try await scene.add("\u{304C}.jpg", "composed")
            try await scene.add("\u{304B}\u{3099}.jpg", "decomposed")
            try expectEqual(try await scene.catalog.statistics().fileCount, 2)
            let files = try await scene.catalog.files(under: nil)
            let bytes = files.map { Array($0.location.path.utf8) }
            let expected = ["\u{304B}\u{3099}.jpg", "\u{304C}.jpg"].map { Array($0.utf8) }
            try expectEqual(bytes, expected)
        },
    ]
}
