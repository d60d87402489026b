import MekikiCore

/// Finds files that show the same: byte by byte, and near ones by vector and look together.
///
/// A vector alone calls two shots of one motif the same, and a look from afar two drawings of one layout; both
/// together are right about copies in other sizes, formats and qualities.
public struct DuplicateSearch: Sendable {
    private let catalog: any Catalog
    private let thumbnails: any ThumbnailStore
    private let reader: any ImageReader

    /// How near vectors of copies are at least.
    static let leastCosine: Float = 0.9

    /// In how many of their 64 bits the looks of copies differ at most.
    static let mostDistance = 8

    /// How many neighbours of each image are looked at.
    private static let neighborCount = 16
    private static let batch = 256

    /// Creates a search.
    ///
    /// - Parameters:
    ///   - catalog: The library's.
    ///   - thumbnails: The library's, of which looks are made.
    ///   - reader: What decodes thumbnails.
    public init(
        catalog: any Catalog,
        thumbnails: any ThumbnailStore,
        reader: any ImageReader
    ) {
        self.catalog = catalog
        self.thumbnails = thumbnails
        self.reader = reader
    }

    /// Files that are byte by byte the same.
    ///
    /// - Parameter included: The images that are looked at; `nil` for all.
    /// - Returns: The groups, in the order of their images.
    /// - Throws: What the catalog throws.
    /// - Complexity: O(files).
    public func exact(among included: ImageSet? = nil) async throws -> [DuplicateGroup] {
        let files = try await catalog.files(under: nil).filter { file in
            !file.isMissing && included?.contains(file.imageID) ?? true
        }
        let several = Dictionary(grouping: files, by: \.imageID).filter { $0.value.count > 1 }
        return try await groups(.exact, several.keys.sorted().map { [$0] })
    }

    /// Images that are the same picture.
    ///
    /// - Parameters:
    ///   - included: The images that are looked at; `nil` for all.
    ///   - space: The space of pictures; those without a vector in it are left out.
    ///   - progress: Is told how many images were compared, of how many.
    /// - Returns: The groups, in the order of their images.
    /// - Throws: What the catalog throws; `CancellationError` when the task is cancelled.
    /// - Complexity: One search of the nearest for each image.
    public func near(
        among included: ImageSet? = nil,
        in space: VectorSpace,
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> [DuplicateGroup] {
        let all = try await catalog.images(matching: .all([]))
        let ids = (included.map { all.intersection($0) } ?? all).ids
        var pairs: [PictureGroups.Pair] = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            try Task.checkCancellation()
            let part = Array(ids[start..<min(start + Self.batch, ids.count)])
            for (id, vector) in try await catalog.embeddings(of: part, in: space) {
                let request = NearestRequest(
                    limit: Self.neighborCount,
                    excluded: [id],
                    included: included
                )
                let found = try await catalog.nearest(to: vector, in: space, request)
                for neighbor in found.neighbors where neighbor.cosine >= Self.leastCosine {
                    let (first, second) = (min(id, neighbor.id), max(id, neighbor.id))
                    pairs.append(.init(first: first, second: second, cosine: neighbor.cosine))
                }
            }
            progress(start + part.count, ids.count)
        }
        let hashes = try await looks(of: Set(pairs.flatMap { [$0.first, $0.second] }))
        let groups = PictureGroups(pairs, hashes, distance: Self.mostDistance).groups
        return try await self.groups(.near, groups)
    }

    /// What images look like, from their thumbnails; those without one are left out.
    private func looks(of ids: Set<ImageID>) async throws -> [ImageID: PerceptualHash] {
        let ids = ids.sorted()
        var hashes: [ImageID: PerceptualHash] = [:]
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            try Task.checkCancellation()
            let part = Array(ids[start..<min(start + Self.batch, ids.count)])
            for image in try await catalog.images(part) {
                guard let data = thumbnails.thumbnail(of: image.content.hash, .medium),
                    let reading = try? reader.read(
                        data,
                        ImageReadRequest(encoderSide: 32, thumbnailSide: nil)
                    ), let pixels = reading.pixels
                else { continue }
                hashes[image.id] = PerceptualHash(pixels)
            }
        }
        return hashes
    }

    private func groups(
        _ kind: DuplicateGroup.Kind,
        _ groups: [[ImageID]]
    ) async throws -> [DuplicateGroup] {
        var found: [DuplicateGroup] = []
        for group in groups {
            let files = try await catalog.files(of: group)
            let texts = try await catalog.texts(of: group)
            let copies = try await catalog.images(group).flatMap { image in
                let hasUserWords = (texts[image.id] ?? []).contains {
                    $0.id.origin == TextOrigin.user.rawValue
                }
                return (files[image.id] ?? []).filter { !$0.isMissing }.map {
                    DuplicateGroup.Copy(image: image, file: $0, hasUserWords: hasUserWords)
                }
            }
            if let group = DuplicateGroup(kind, copies) { found.append(group) }
        }
        return found
    }
}
