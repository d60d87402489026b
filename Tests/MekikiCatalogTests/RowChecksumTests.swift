import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Rows that change where SQLite doesn't notice.
@Suite struct RowChecksumTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() async throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 5))
        let failure = FailureRecord(
            location: FileLocation(root: "/photos", path: "bad.png"),
            stamp: FileStamp(byteCount: 1, modifiedAt: 2),
            reason: "It is broken."
        )
        try await catalog.apply(CatalogChanges(failures: [failure]))
        let image = try #require(try await catalog.newest(limit: 1, offset: 0).images.first).image
            .id
        try await catalog.apply(
            CatalogChanges(textVectors: [
                .init(
                    textID: ImageTextID(imageID: image, position: 0),
                    space: Self.textSpace,
                    embedding: Embedding(unit: [0, 1, 0, 0, 0, 0, 0, 0])
                )
            ])
        )
        try await catalog.setTags(CatalogSample.tags(1...5), of: "pets", in: CatalogSample.space)
        try catalog.close()
    }

    private static let textSpace = VectorSpace(
        model: "texts",
        revision: "1",
        dimension: 8,
        role: .text
    )

    /// What damage can do to a row, as far as SQLite allows it.
    private static let damages = [
        "UPDATE root SET path = '/fotos'",
        "UPDATE image SET added_at = added_at + 1 WHERE id = 3",
        "UPDATE image SET id = 77 WHERE id = 3",
        "UPDATE image SET camera_make = '' WHERE id = 3",
        "UPDATE text_field SET text = 'x' WHERE image_id = 3",
        "UPDATE file SET modified_at = 0 WHERE path = '2.png'",
        "UPDATE file SET inode = 0 WHERE path = '2.png'",
        "UPDATE failure SET reason = 'It is brokem.'",
        "UPDATE space SET revision = '2' WHERE model = 'model'",
        "UPDATE vector SET components = x'003c0000000000000000000000000000' WHERE image_id = 3",
        "UPDATE setting SET value = 'b'",
        "UPDATE space SET folder = '/other' WHERE model = 'model'",
        "UPDATE space SET role = 'text' WHERE model = 'model'",
        "UPDATE text_vector SET components = x'003c0000000000000000000000000000'",
        "UPDATE tag SET label = 'bat' WHERE image_id = 3",
        "UPDATE tag SET probability = 0.5 WHERE image_id = 3",
    ]

    private func execute(_ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path.path, configuration: configuration)
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func writeSetting() throws {
        let catalog = try SQLiteCatalog(path: path)
        try catalog.current.withLock { opened in
            try opened.pool.write { db in
                try db.execute(sql: "INSERT INTO setting (key, value) VALUES ('a', 'a')")
            }
        }
        try catalog.close()
    }

    private func expectSound() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.checkIntegrity()
        try catalog.close()
    }

    @Test(arguments: damages)
    func aChangedRowIsNoticedAndLeftOut(_ damage: String) async throws {
        try writeSetting()
        try await expectSound()
        try execute(damage)
        let catalog = try SQLiteCatalog(path: path)
        let error = await #expect(throws: MekikiError.self) { try await catalog.checkIntegrity() }
        #expect(error?.code == .badData)
        #expect(error?.message.contains("mekiki doctor --repair") == true)
        try catalog.close()
        let report = try CatalogRepair.run(path) { location, _ in
            let text = String(location.name.dropLast(".png".count))
            return ImageMetadata(textChunks: [.init(key: "parameters", text: text)])
        }
        #expect(report.damagedPageCount == 1)
        try await expectSound()

        let repaired = try SQLiteCatalog(path: path)
        try await repaired.apply(CatalogSample.additions(from: 0, count: 5))
        let files = try await repaired.files(under: "/photos")
        #expect(files.count == 5)
        for (file, image) in zip(files, try await repaired.images(files.map(\.imageID))) {
            let name = String(file.location.name.dropLast(".png".count))
            #expect(image.content == CatalogSample.content(name))
            #expect(file.stamp == FileStamp(byteCount: 30, modifiedAt: 40))
        }
        #expect(try await CatalogSample.nearest(repaired).total == 5)
    }

    /// The next run would take such an image as it is, without its text.
    @Test func anImageThatLostItsFileAndItsTextIsForgotten() async throws {
        try execute("UPDATE file SET inode = 0 WHERE path = '2.png'")
        try execute("UPDATE text_field SET text = 'x' WHERE image_id = 3")
        let report = try CatalogRepair.run(path) { location, _ in
            let text = String(location.name.dropLast(".png".count))
            return ImageMetadata(textChunks: [.init(key: "parameters", text: text)])
        }
        #expect(report.imageCount == 4)
        try await expectSound()
        let repaired = try SQLiteCatalog(path: path)
        try await repaired.apply(CatalogSample.additions(from: 2, count: 1))
        let files = try await repaired.files(under: "/photos")
        let file = try #require(files.first { $0.location.name == "2.png" })
        #expect(file.imageID.rawValue == 6)
        #expect(
            try await repaired.images([file.imageID]).first?.content == CatalogSample.content("2")
        )
    }

    /// A repaired library answers with the model that it was made with.
    @Test func aChoiceOfModelsThatWasLostIsMadeAgain() async throws {
        let catalog = try SQLiteCatalog(path: path)
        let chosen = ChosenSpace(space: CatalogSample.space, folder: "/models/model")
        _ = try await catalog.select(.adopt(chosen), for: .image)
        try catalog.close()
        try execute("UPDATE setting SET value = 'x' WHERE key = 'space.image.current'")
        _ = try CatalogRepair.run(path) { _, _ in nil }
        let repaired = try SQLiteCatalog(path: path)
        #expect(try await repaired.selection(of: .image) == SpaceSelection(current: chosen))
        try await repaired.checkIntegrity()
    }

    /// Every way of writing leaves rows with their sums.
    @Test func whatMekikiWritesIsSound() async throws {
        let catalog = try SQLiteCatalog(path: path)
        var content = CatalogSample.content("odd")
        content.metadata = ImageMetadata(
            takenAt: "2024",
            cameraMake: "A\0B",
            cameraModel: "",
            textChunks: [.init(key: "\0", text: "before\0after 猫"), .init(key: "", text: "")]
        )
        content.averageColor = AverageColor(rawValue: 0x123456)
        let odd = CatalogChanges.Addition(
            location: FileLocation(root: "/photos", path: "odd.png"),
            stamp: FileStamp(byteCount: 9, modifiedAt: -1, inode: .max),
            content: content,
            vector: nil
        )
        try await catalog.apply(CatalogChanges(additions: [odd]))
        var file = try #require(try await catalog.files(under: nil).first)
        file.stamp.inode = 5
        try await catalog.apply(CatalogChanges(sightings: [file]))
        try await catalog.apply(CatalogChanges(missing: [file.location]))
        let other = VectorSpace(model: "other", revision: "1", dimension: 8)
        try await catalog.apply(
            CatalogChanges(additions: [
                CatalogSample.addition("1.png", "1", [0, 1, 0, 0, 0, 0, 0, 0]),
                CatalogSample.addition("2.png", "2", [0, 1, 0, 0, 0, 0, 0, 0], space: other),
                CatalogSample.addition("3.png", "new", nil),
            ])
        )
        try await catalog.setTags(CatalogSample.tags(2...2), of: "猫", in: other)
        try await catalog.checkIntegrity()
        try catalog.close()

        // The same sums without SQLite: a repair saves every row.
        let report = try CatalogRepair.run(path) { _, _ in nil }
        #expect(report.damagedPageCount == 0)
        #expect(report.imageCount == 6)
        #expect(report.vectorCount == 6)
        // One went with its image.
        #expect(report.tagCount == 5)
        try await expectSound()
    }

    @Test func aLibraryFromBeforeChecksumsGetsThem() async throws {
        let old = folder.file("old.sqlite")
        let pool = try DatabasePool(path: old.path)
        try CatalogSchema.migrator.migrate(pool, upTo: "3 inodes")
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO root (id, path) VALUES (1, '/photos');
                    INSERT INTO image (id, hash, format, width, height, byte_count, added_at)
                        VALUES (7, zeroblob(32), 'jpeg', 640, 480, 12345, 1700000000000);
                    INSERT INTO file (root_id, path, byte_count, modified_at, image_id, is_missing)
                        VALUES (1, 'a.jpg', 12345, 1, 7, 0);
                    INSERT INTO setting (key, value) VALUES ('a', 'b');
                    """
            )
        }
        try pool.close()
        let copy = folder.file("copy.sqlite")
        try FileManager.default.copyItem(at: old, to: copy)

        let catalog = try SQLiteCatalog(path: old)
        try await catalog.checkIntegrity()
        try catalog.close()
        let queue = try DatabaseQueue(path: old.path)
        try await queue.read { db in
            for table in try ChecksummedTable.all(db) {
                let sql = "SELECT count(*) FROM \(table.name) WHERE checksum IS NULL"
                #expect(try Int.fetchOne(db, sql: sql) == 0)
            }
            #expect(try ChecksummedTable.all(db).count == 13)
        }
        // A repair of one that never had them.
        let report = try CatalogRepair.run(copy) { _, _ in nil }
        #expect(report.imageCount == 1)
        #expect(report.settingCount == 1)
        try await SQLiteCatalog(path: copy).checkIntegrity()
    }

    @Test func sumsTellValuesApart() {
        func sum(_ values: DatabaseRecord.Value...) -> Int64 { RowChecksum(of: values).value }
        let sums = [
            sum(), sum(.integer(0)), sum(.integer(1)), sum(.null, .integer(1)), sum(.text([])),
            sum(.text([0])), sum(.text([0, 0])), sum(.text([1, 0])), sum(.text([0, 1])),
            sum(.text([UInt8](repeating: 0, count: 8))),
            sum(.text([UInt8](repeating: 0, count: 9))),
            sum(.text([1]), .text([2])), sum(.text([1, 2]), .text([])), sum(.real(1)),
        ]
        #expect(Set(sums).count == sums.count)
        // Columns that are added later are empty in older rows.
        #expect(sum(.integer(5), .null) == sum(.integer(5)))
    }
}
