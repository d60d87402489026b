import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting
import Testing

@testable import MekikiSearch

/// Duplicates of a library, from the search to the moved files.
@Suite struct DuplicateSearchTests {
    private let folder: TemporaryFolder
    private let catalog = InMemoryCatalog()
    private let thumbnails = InMemoryThumbnails()
    private let space = VectorSpace(model: "m", revision: "1", dimension: 4)

    init() throws { folder = try TemporaryFolder() }

    private var root: String { folder.url.appending(path: "pictures").path }

    /// Puts a file on disk and into the catalog.
    ///
    /// Its content is its name; its thumbnail shows the picture of a number.
    private func put(
        _ path: String,
        content: String,
        shows picture: PixelBuffer,
        _ vector: [Float],
        width: Int = 100
    ) async throws {
        let data = Data(content.utf8)
        let file = URL(filePath: root).appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
        let hash = ContentHash(of: data)
        try thumbnails.save(RawReader.data(picture), of: hash, .medium)
        let content = ImageContent(
            hash: hash,
            format: .jpeg,
            width: width,
            height: 100,
            byteCount: data.count,
            metadata: ImageMetadata()
        )
        try await catalog.apply(
            CatalogChanges(additions: [
                .init(
                    location: FileLocation(root: root, path: path),
                    stamp: FileStamp(byteCount: Int64(data.count), modifiedAt: 1),
                    content: content,
                    vector: (space, try Embedding(normalizing: vector))
                )
            ])
        )
    }

    private func fill() async throws {
        let east: [Float] = [1, 0, 0, 0]
        let near: [Float] = [1, 0.1, 0, 0]
        try await put("a.jpg", content: "a", shows: PerceptualHashTests.picture(1), east)
        try await put("copies/a.jpg", content: "a", shows: PerceptualHashTests.picture(1), east)
        let scaled = PerceptualHashTests.picture(1, width: 90, height: 70)
        try await put("large.jpg", content: "large", shows: scaled, near, width: 400)
        // Near by vector alone, as another shot of the motif is; and like from afar alone.
        try await put("shot.jpg", content: "shot", shows: PerceptualHashTests.picture(2), near)
        try await put("far.jpg", content: "far", shows: scaled, [0, 0, 1, 0])
    }

    private var search: DuplicateSearch {
        DuplicateSearch(catalog: catalog, thumbnails: thumbnails, reader: RawReader())
    }

    private func paths(_ group: DuplicateGroup) -> [String] {
        ([group.kept] + group.others).map(\.file.location.path)
    }

    @Test func exactCopiesAreGrouped() async throws {
        try await fill()
        let groups = try await search.exact()
        #expect(groups.map(paths) == [["a.jpg", "copies/a.jpg"]])
        #expect(groups.first?.kind == .exact && groups.first?.reason == .path)
        #expect(try await search.exact(among: ImageSet()).isEmpty)
    }

    @Test func nearOnesAreAlikeByVectorAndByLook() async throws {
        try await fill()
        let groups = try await search.near(in: space)
        #expect(groups.map(paths) == [["large.jpg", "a.jpg", "copies/a.jpg"]])
        #expect(groups.first?.kind == .near && groups.first?.reason == .pixels)
        let large = try #require(groups.first?.kept.image.id)
        #expect(try await search.near(among: ImageSet([large]), in: space).isEmpty)
    }

    @Test func movingKeepsOneAndLosesNothing() async throws {
        try await fill()
        let group = try #require(try await search.near(in: space).first)
        let target = folder.url.appending(path: "gone")
        let outcomes = DuplicateMoving(to: target)(group)
        #expect(outcomes.map(\.problem) == [nil, nil])
        for (outcome, path) in zip(outcomes, ["a.jpg", "copies/a.jpg"]) {
            let moved = try #require(outcome.moved)
            #expect(moved.path.hasSuffix("gone/pictures/" + path))
            #expect(try Data(contentsOf: moved) == Data("a".utf8))
            #expect(!FileManager.default.fileExists(atPath: root + "/" + path))
        }
        #expect(FileManager.default.fileExists(atPath: root + "/large.jpg"))
    }

    @Test func whatChangedIsNotMoved() async throws {
        try await fill()
        let group = try #require(try await search.near(in: space).first)
        let target = folder.url.appending(path: "gone")
        try Data("other".utf8).write(to: URL(filePath: root + "/a.jpg"))
        let outcomes = DuplicateMoving(to: target)(group)
        #expect(outcomes[0].moved == nil && outcomes[0].problem?.contains("changed") == true)
        #expect(outcomes[1].moved != nil)
        // Nor anything while the one to keep is not what it was.
        try Data("a".utf8).write(to: URL(filePath: root + "/a.jpg"))
        try FileManager.default.removeItem(atPath: root + "/large.jpg")
        let others = DuplicateMoving(to: target)(group)
        #expect(others.allSatisfy { $0.moved == nil && $0.problem?.contains("large.jpg") == true })
        #expect(FileManager.default.fileExists(atPath: root + "/a.jpg"))
    }

    /// One file under two names is no duplicate: to move it would leave a link to nothing.
    @Test(arguments: [true, false])
    func theLastFileIsNeverMoved(_ isSymbolic: Bool) async throws {
        try await fill()
        let group = try #require(try await search.exact().first)
        let kept = URL(filePath: root + "/a.jpg")
        let other = URL(filePath: root + "/copies/a.jpg")
        let target = folder.url.appending(path: "gone")
        let manager = FileManager.default
        for (name, file) in [(kept, other), (other, kept)] {
            try manager.removeItem(at: name)
            if isSymbolic {
                try manager.createSymbolicLink(at: name, withDestinationURL: file)
            } else {
                try manager.linkItem(at: file, to: name)
            }
            let outcome = try #require(DuplicateMoving(to: target)(group).first)
            #expect(outcome.moved == nil && outcome.problem?.contains("same file") == true)
            #expect(try Data(contentsOf: kept) == Data("a".utf8))
            #expect(try Data(contentsOf: other) == Data("a".utf8))
            try manager.removeItem(at: name)
            try Data("a".utf8).write(to: name)
        }
    }

    @Test func aTakenNameIsNotOverwritten() async throws {
        try await fill()
        let group = try #require(try await search.exact().first)
        let target = folder.url.appending(path: "gone")
        let taken = target.appending(path: "pictures/copies/a.jpg")
        try FileManager.default.createDirectory(
            at: taken.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data("earlier".utf8).write(to: taken)
        let outcome = try #require(DuplicateMoving(to: target)(group).first)
        #expect(outcome.moved?.lastPathComponent == "a 2.jpg")
        #expect(try Data(contentsOf: taken) == Data("earlier".utf8))
    }
}

/// Pictures as their sides and bytes.
private struct RawReader: ImageReader {
    static func data(_ picture: PixelBuffer) -> Data {
        Data([UInt8(picture.width), UInt8(picture.height)] + picture.bytes)
    }

    func read(_ data: Data, _ request: ImageReadRequest) throws -> ImageReading {
        let picture = PixelBuffer(
            width: Int(data[0]),
            height: Int(data[1]),
            bytes: Array(data.dropFirst(2))
        )
        return ImageReading(
            format: .webp,
            width: picture.width,
            height: picture.height,
            metadata: ImageMetadata(),
            pixels: picture,
            thumbnail: nil
        )
    }
}
