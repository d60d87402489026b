import Foundation
import MekikiCore

/// An empty catalog with a clock, and short ways to fill it.
struct CatalogScene: Sendable {
    let catalog: any Catalog
    let clock: FakeClock

    /// Four components, so that a check can name directions by hand.
    static let space = VectorSpace(model: "model", revision: "1", dimension: 4)
    static let root = "/photos"

    static let east: [Float] = [1, 0, 0, 0]
    static let north: [Float] = [0, 1, 0, 0]
    static let northEast: [Float] = [0.6, 0.8, 0, 0]

    static func location(_ path: String, root: String = root) -> FileLocation {
        FileLocation(root: root, path: path)
    }

    static func stamp(_ number: Int64 = 1) -> FileStamp {
        FileStamp(
            byteCount: number,
            modifiedAt: 1_700_000_000_000_000_000 + number,
            inode: UInt64(number)
        )
    }

    static func hash(_ name: String) -> ContentHash { ContentHash(of: Data(name.utf8)) }

    /// A content that is another one for another name.
    static func content(_ name: String, _ metadata: ImageMetadata = .init()) -> ImageContent {
        ImageContent(
            hash: hash(name),
            format: .jpeg,
            width: 640,
            height: 480,
            byteCount: 12_345,
            metadata: metadata
        )
    }

    static func addition(
        _ path: String,
        _ name: String,
        _ vector: [Float]? = nil,
        root: String = root,
        space: VectorSpace = space
    ) -> CatalogChanges.Addition {
        CatalogChanges.Addition(
            location: location(path, root: root),
            stamp: stamp(),
            content: content(name),
            vector: vector.map { (space, Embedding(unit: $0)) }
        )
    }

    static func failure(_ path: String, _ reason: String = "broken") -> FailureRecord {
        FailureRecord(location: location(path), stamp: stamp(7), reason: reason)
    }

    /// Adds a file and gives its image's number.
    @discardableResult
    func add(
        _ path: String,
        _ name: String,
        _ vector: [Float]? = nil,
        root: String = root,
        space: VectorSpace = space
    ) async throws -> ImageID {
        let addition = Self.addition(path, name, vector, root: root, space: space)
        try await catalog.apply(CatalogChanges(additions: [addition]))
        return try await id(name)
    }

    func id(_ name: String) async throws -> ImageID {
        guard let id = try await knownID(name) else {
            throw CompatibilityFailure("no image \(name) in the catalog", #fileID, #line)
        }
        return id
    }

    func knownID(_ name: String) async throws -> ImageID? {
        try await catalog.imageIDs(of: [Self.hash(name)])[Self.hash(name)]
    }

    func miss(_ paths: String...) async throws {
        try await catalog.apply(CatalogChanges(missing: paths.map { Self.location($0) }))
    }

    func remove(_ paths: String...) async throws {
        try await catalog.apply(CatalogChanges(removals: paths.map { Self.location($0) }))
    }

    func sight(_ path: String, _ id: ImageID) async throws {
        let file = FileRecord(location: Self.location(path), stamp: Self.stamp(2), imageID: id)
        try await catalog.apply(CatalogChanges(sightings: [file]))
    }

    /// The paths of all files, missing ones with a question mark.
    func paths(under root: String? = nil) async throws -> [String] {
        try await catalog.files(under: root).map { file in
            file.location.path + (file.isMissing ? "?" : "")
        }
    }

    /// The images nearest to a direction.
    func nearest(
        _ query: [Float] = east,
        limit: Int = 100,
        offset: Int = 0,
        without excluded: Set<ImageID> = [],
        space: VectorSpace = space
    ) async throws -> [ImageID] {
        let request = NearestRequest(limit: limit, offset: offset, excluded: excluded)
        return try await catalog.nearest(to: Embedding(unit: query), in: space, request)
            .neighbors.map(\.id)
    }

    func newest(limit: Int = 100, offset: Int = 0) async throws -> [ImageID] {
        try await catalog.newest(limit: limit, offset: offset)
            .images.map(\.image.id)
    }

    /// How many images are shown in all.
    func total() async throws -> Int {
        try await catalog.newest(limit: 0, offset: 0).total
    }
}
