import Foundation
import GRDB
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiCatalog

/// Libraries of earlier versions open, and hold what they held.
@Suite struct SQLiteMigrationTests {
    private let folder: TemporaryFolder
    private let path: URL

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file(SQLiteCatalog.fileName)
    }

    /// Writes a library as the version that ended with a migration did.
    private func write(upTo migration: String, _ content: String) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { $0.add(function: RowChecksum.function) }
        let pool = try DatabasePool(path: path.path, configuration: configuration)
        try CatalogSchema.migrator.migrate(pool, upTo: migration)
        try pool.write { try $0.execute(sql: content) }
        try pool.close()
    }

    @Test func imagesFromBeforeAverageColoursHaveNone() async throws {
        try write(
            upTo: "1 images, files, vectors",
            """
            INSERT INTO root (id, path) VALUES (1, '/photos');
            INSERT INTO image (id, hash, format, width, height, byte_count, added_at)
                VALUES (7, zeroblob(32), 'jpeg', 640, 480, 12345, 1700000000000);
            INSERT INTO file (root_id, path, byte_count, modified_at, image_id, is_missing)
                VALUES (1, 'a.jpg', 12345, 1, 7, 0);
            INSERT INTO image_change (image_id, generation) VALUES (7, 1);
            """
        )
        let catalog = try SQLiteCatalog(path: path)
        let record = try #require(try await catalog.newest(limit: 10, offset: 0).images.first)
            .image
        #expect(record.id.rawValue == 7)
        #expect(record.content.width == 640)
        #expect(record.content.averageColor == nil)
        #expect(try await catalog.newest(limit: 0, offset: 0).total == 1)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 2))
        #expect(try await catalog.newest(limit: 0, offset: 0).total == 3)
    }

    @Test func aColourOutsideItsRangeIsRefusedByTheTable() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 1))
        let database = try DatabaseQueue(path: path.path)
        #expect(throws: DatabaseError.self) {
            try database.write { try $0.execute(sql: "UPDATE image SET average_color = 16777216") }
        }
    }

    @Test func filesFromBeforeInodesHaveNoneUntilTheyAreSeenAgain() async throws {
        try write(
            upTo: "2 average colours",
            """
            INSERT INTO root (id, path) VALUES (1, '/photos');
            INSERT INTO image (id, hash, format, width, height, byte_count, added_at)
                VALUES (7, zeroblob(32), 'jpeg', 640, 480, 12345, 1700000000000);
            INSERT INTO file (root_id, path, byte_count, modified_at, image_id, is_missing)
                VALUES (1, 'a.jpg', 12345, 1, 7, 0);
            INSERT INTO failure (root_id, path, byte_count, modified_at, reason)
                VALUES (1, 'b.jpg', 9, 2, 'It is broken.');
            INSERT INTO image_change (image_id, generation) VALUES (7, 1);
            """
        )
        let catalog = try SQLiteCatalog(path: path)
        var file = try #require(try await catalog.files(under: "/photos").first)
        #expect(file.stamp == FileStamp(byteCount: 12345, modifiedAt: 1))
        let failure = try #require(try await catalog.failures(under: nil).first)
        #expect(failure.stamp == FileStamp(byteCount: 9, modifiedAt: 2))
        #expect(failure.reason == "It is broken.")

        file.stamp.inode = .max - 1
        try await catalog.apply(CatalogChanges(sightings: [file]))
        #expect(try await catalog.files(under: nil) == [file])
    }

    @Test func aLibraryFromBeforeTagsTakesThem() async throws {
        let old = try DatabasePool(path: path.path, configuration: Self.knowingChecksums)
        try CatalogSchema.migrator.migrate(old, upTo: "4 checksums")
        try await old.write { db in
            try db.execute(
                sql: """
                    INSERT INTO image (id, hash, format, width, height, byte_count, added_at)
                        VALUES (7, zeroblob(32), 'jpeg', 640, 480, 12345, 1700000000000);
                    UPDATE image SET checksum = \(RowChecksum.functionName)(
                        id, hash, format, width, height, byte_count, taken_at, camera_make,
                        camera_model, added_at, average_color
                    );
                    """
            )
        }
        try old.close()
        let catalog = try SQLiteCatalog(path: path)
        #expect(try await catalog.labelSets().isEmpty)
        try await catalog.setTags(CatalogSample.tags(7...7), of: "pets", in: CatalogSample.space)
        #expect(try await catalog.labelSets().map(\.tagCount) == [1])
        try await catalog.checkIntegrity()
    }

    @Test func aProbabilityOutsideItsRangeIsRefusedByTheTable() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 1))
        try await catalog.setTags(CatalogSample.tags(1...1), of: "pets", in: CatalogSample.space)
        let database = try DatabaseQueue(path: path.path)
        #expect(throws: DatabaseError.self) {
            try database.write { try $0.execute(sql: "UPDATE tag SET probability = 1.5") }
        }
    }

    private static var knowingChecksums: Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { $0.add(function: RowChecksum.function) }
        return configuration
    }

    @Test func aNewStampChangesNothingThatASearchSees() async throws {
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.apply(CatalogSample.additions(from: 0, count: 1))
        func generation() throws -> Int64? {
            try DatabaseQueue(path: path.path).read {
                try Int64.fetchOne($0, sql: "SELECT max(generation) FROM image_change")
            }
        }
        let before = try generation()
        var file = try #require(try await catalog.files(under: nil).first)
        file.stamp.inode = 5
        try await catalog.apply(CatalogChanges(sightings: [file]))
        #expect(try generation() == before)
        try await catalog.apply(CatalogChanges(missing: [file.location]))
        try await catalog.apply(CatalogChanges(sightings: [file]))
        #expect(try generation() == before.map { $0 + 2 })
    }

    private static let versions = [
        "1 images, files, vectors", "2 average colours", "3 inodes", "4 checksums",
    ]

    /// Two spaces, the second with more vectors.
    private static let twoSpaces = """
        INSERT INTO root (id, path) VALUES (1, '/photos');
        INSERT INTO image (id, hash, format, width, height, byte_count, added_at)
            VALUES (7, zeroblob(32), 'jpeg', 640, 480, 12345, 1700000000000),
                (8, x'\(String(repeating: "01", count: 32))', 'jpeg', 640, 480, 1, 1700000000000);
        INSERT INTO file (root_id, path, byte_count, modified_at, image_id, is_missing)
            VALUES (1, 'a.jpg', 12345, 1, 7, 0), (1, 'b.jpg', 1, 1, 8, 0);
        INSERT INTO space (id, model, revision, dimension)
            VALUES (3, 'starter', 'abc', 2), (5, 'openai/clip', 'def', 2);
        INSERT INTO vector (image_id, space_id, components)
            VALUES (7, 3, x'003c0000'), (7, 5, x'003c0000'), (8, 5, x'0000003c');
        INSERT INTO image_change (image_id, generation) VALUES (7, 1), (8, 2);
        INSERT INTO setting (key, value) VALUES ('a', 'b');
        """

    /// An old library goes on with the model that it was made with.
    @Test(arguments: versions)
    func theFullestSpaceIsTheCurrentOne(_ version: String) async throws {
        try write(upTo: version, Self.twoSpaces)
        if version == "4 checksums" { try giveSums() }
        let clip = VectorSpace(model: "openai/clip", revision: "def", dimension: 2)
        let starter = VectorSpace(model: "starter", revision: "abc", dimension: 2)
        for _ in 0..<2 {
            let catalog = try SQLiteCatalog(path: path)
            try await catalog.checkIntegrity()
            let selection = try await catalog.selection(of: .image)
            #expect(selection == SpaceSelection(current: ChosenSpace(space: clip)))
            #expect(try await catalog.selection(of: .text) == SpaceSelection())
            let counts = try await catalog.statistics().spaces
            #expect(counts.map(\.space) == [starter, clip])
            #expect(counts.map(\.vectorCount) == [1, 2])
            #expect(try await catalog.setting("a") == "b")
            let found = try await catalog.nearest(
                to: Embedding(unit: [0, 1]),
                in: clip,
                NearestRequest(limit: 1)
            )
            #expect(found.neighbors.map(\.id.rawValue) == [8])
            try catalog.close()
        }
        // A repair of what the older version wrote gives the same.
        let report = try CatalogRepair.run(path) { _, _ in nil }
        #expect(report.vectorCount == 3)
        #expect(report.settingCount == 2)
        #expect(report.imagesToEncode == 0)
        let repaired = try SQLiteCatalog(path: path)
        try await repaired.checkIntegrity()
        #expect(try await repaired.selection(of: .image).current?.space == clip)
    }

    /// What an older version wrote is repaired as it is, and brought up to date then.
    @Test(arguments: versions)
    func anOlderVersionsLibraryIsRepaired(_ version: String) async throws {
        try write(upTo: version, Self.twoSpaces)
        if version == "4 checksums" { try giveSums() }
        let report = try CatalogRepair.run(path) { _, _ in nil }
        #expect(report.imageCount == 2)
        #expect(report.vectorCount == 3)
        let catalog = try SQLiteCatalog(path: path)
        try await catalog.checkIntegrity()
        #expect(try await catalog.selection(of: .image).current?.space.model == "openai/clip")
    }

    @Test func aLibraryWithoutVectorsHasNoCurrentModel() async throws {
        try write(upTo: "4 checksums", "INSERT INTO root (id, path) VALUES (1, '/photos')")
        let catalog = try SQLiteCatalog(path: path)
        #expect(try await catalog.selection(of: .image) == SpaceSelection())
    }

    /// A model's name and files may serve two roles.
    @Test func aSpaceIsUniqueByItsRole() async throws {
        try write(upTo: "4 checksums", Self.twoSpaces)
        try SQLiteCatalog(path: path).close()
        let queue = try DatabaseQueue(path: path.path)
        let insertion = """
            INSERT INTO space (model, revision, dimension, role) VALUES ('starter', 'abc', 2, ?)
            """
        try await queue.write { try $0.execute(sql: insertion, arguments: ["text"]) }
        for role in ["text", "image", "sound"] {
            #expect(throws: DatabaseError.self) {
                try queue.write { try $0.execute(sql: insertion, arguments: [role]) }
            }
        }
    }

    /// What a connection of the older version would have done by its triggers.
    private func giveSums() throws {
        var configuration = Configuration()
        configuration.prepareDatabase { $0.add(function: RowChecksum.function) }
        let queue = try DatabaseQueue(path: path.path, configuration: configuration)
        try queue.write { db in
            for table in try ChecksummedTable.all(db) {
                try ChecksummedTable.renewSums(of: table.name, db)
            }
        }
        try queue.close()
    }
}
