import Foundation
import MekikiCatalog
import MekikiCore
import MekikiTesting

/// Small changes for tests.
enum CatalogSample {
    static let space = VectorSpace(model: "model", revision: "1", dimension: 8)

    static func content(_ name: String) -> ImageContent {
        ImageContent(
            hash: ContentHash(of: Data(name.utf8)),
            format: .png,
            width: 10,
            height: 20,
            byteCount: 30,
            metadata: ImageMetadata(textChunks: [.init(key: "parameters", text: name)])
        )
    }

    static func addition(
        _ path: String,
        _ name: String,
        _ vector: [Float]?,
        space: VectorSpace = space
    ) -> CatalogChanges.Addition {
        CatalogChanges.Addition(
            location: FileLocation(root: "/photos", path: path),
            stamp: FileStamp(byteCount: 30, modifiedAt: 40),
            content: content(name),
            vector: vector.map { (space, Embedding(unit: $0)) }
        )
    }

    /// Images `start` to `start + count - 1`, each in a file of its own.
    static func additions(from start: Int, count: Int) -> CatalogChanges {
        var random = SplitMix64(seed: UInt64(start))
        return CatalogChanges(
            additions: (start..<start + count).map { number in
                addition("\(number).png", "\(number)", random.unitVector(space.dimension))
            }
        )
    }

    /// A tag for each of some images.
    ///
    /// SQLite writes the certain ones, of even numbers, as integers.
    static func tags(_ ids: ClosedRange<Int64>) -> [TagAssignment] {
        ids.map { id in
            TagAssignment(
                imageID: ImageID(rawValue: id),
                labels: [.init(label: "cat", probability: id % 2 == 0 ? 1 : 0.75)]
            )
        }
    }

    static func nearest(_ catalog: any Catalog) async throws -> NearestResult {
        var query = [Float](repeating: 0, count: space.dimension)
        query[0] = 1
        return try await catalog.nearest(
            to: Embedding(unit: query),
            in: space,
            NearestRequest(limit: 1_000_000)
        )
    }
}
