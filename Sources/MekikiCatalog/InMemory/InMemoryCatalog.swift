import Foundation
import MekikiCore
import MekikiVectors

/// A catalog that lives as long as its object: for tests, previews and libraries made on the fly.
///
/// It keeps the contract of `SQLiteCatalog`, rounding of vectors to half precision included. Each
/// `apply` copies its tables, so it is meant for thousands of images, not for millions.
public actor InMemoryCatalog {
    var tables = CatalogTables()
    let now: @Sendable () -> Date

    /// Creates an empty catalog.
    ///
    /// - Parameter now: What the time is, for `ImageRecord.addedAt`; it is kept in milliseconds.
    public init(now: @escaping @Sendable () -> Date = { Date() }) {
        self.now = now
    }
}

extension InMemoryCatalog: ImageStore {
    /// Applies changes: all of them, or none.
    ///
    /// - Parameter changes: What to change.
    /// - Throws: `MekikiError` with code `badData`, as the role says.
    public func apply(_ changes: CatalogChanges) throws {
        var draft = tables
        try draft.apply(changes, now: now())
        tables = draft
    }

    /// The files known under a root, missing ones included, ordered by the bytes of their paths.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The files.
    public func files(under root: String?) -> [FileRecord] {
        tables.files.values.filter { $0.location.isUnder(root) }
            .sorted { PathKey($0.location) < PathKey($1.location) }
    }

    /// The failures known under a root, ordered by the bytes of their paths.
    ///
    /// - Parameter root: An indexed folder's absolute path; `nil` for all of them.
    /// - Returns: The failures.
    public func failures(under root: String?) -> [FailureRecord] {
        tables.failures.values.filter { $0.location.isUnder(root) }
            .sorted { PathKey($0.location) < PathKey($1.location) }
    }

    /// The records of images, in the order of `ids`; unknown ids are left out.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The records; one for each time that an id is named.
    public func images(_ ids: [ImageID]) -> [ImageRecord] {
        ids.compactMap { tables.images[$0] }
    }

    /// The files of images, by image, each list ordered by the bytes of the paths.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The files, missing ones included; no entry for an unknown image.
    public func files(of ids: [ImageID]) -> [ImageID: [FileRecord]] {
        let wanted = Set(ids)
        let files = files(under: nil).filter { wanted.contains($0.imageID) }
        return Dictionary(grouping: files, by: \.imageID)
    }

    /// The numbers of images by their content; unknown hashes are left out.
    ///
    /// - Parameter hashes: The contents wanted.
    /// - Returns: The numbers.
    public func imageIDs(of hashes: [ContentHash]) -> [ContentHash: ImageID] {
        var ids: [ContentHash: ImageID] = [:]
        for hash in hashes { ids[hash] = tables.imageOfHash[hash] }
        return ids
    }

    /// A page of the images with at least one present file, newest first, equals by descending id.
    ///
    /// - Parameters:
    ///   - limit: How many are wanted.
    ///   - offset: How many are passed over first.
    /// - Returns: The page.
    public func newest(limit: Int, offset: Int) -> ImagePage {
        precondition(limit >= 0 && offset >= 0, "Counts can't be negative.")
        let present = images(Array(tables.presentImages))
        let newestFirst = present.sorted { ($0.addedAt, $0.id) > ($1.addedAt, $1.id) }
        let records = newestFirst.dropFirst(offset).prefix(limit)
        let files = files(of: records.map(\.id))
        return ImagePage(
            images: records.map { ShownImage(image: $0, files: files[$0.id] ?? []) },
            total: present.count,
            offset: offset
        )
    }

    /// Counts of what the catalog holds.
    ///
    /// - Returns: The counts.
    public func statistics() -> CatalogStatistics {
        let missing = tables.files.values.count(where: \.isMissing)
        let locations = tables.files.values.map(\.location) + tables.failures.values.map(\.location)
        return CatalogStatistics(
            imageCount: tables.presentImages.count,
            fileCount: tables.files.count - missing,
            missingFileCount: missing,
            failureCount: tables.failures.count,
            roots: Set(locations.map { Array($0.root.utf8) })
                .sorted { $0.lexicographicallyPrecedes($1) }
                .map { String(decoding: $0, as: UTF8.self) },
            spaces: tables.spaces.map { space in
                CatalogStatistics.SpaceCount(
                    space: space,
                    vectorCount: tables.vectors[space]?.count ?? tables.textVectors[space]?.count
                        ?? 0,
                    folder: tables.folders[space]
                )
            }
        )
    }
}

extension InMemoryCatalog: VectorSearch {
    /// The images whose vectors have the greatest inner product with a query.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: The space to search.
    ///   - request: How many, from where, without which.
    /// - Returns: The neighbours, nearest first, equals in the order of their ids.
    /// - Throws: `MekikiError` with code `badData` when the query has another dimension than the
    ///   space.
    public func nearest(
        to query: Embedding,
        in space: VectorSpace,
        _ request: NearestRequest
    ) throws -> NearestResult {
        try space.check(.image)
        try space.check(query)
        guard let matrix = tables.vectors[space] else {
            return NearestResult(neighbors: [], total: 0)
        }
        return try matrix.nearest(to: query, request)
    }

    /// The stored vectors of images, rounded to half precision.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: The space.
    /// - Returns: The vectors; images without one in this space are left out.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func embeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) throws -> [ImageID: Embedding] {
        try space.check(.image)
        var embeddings: [ImageID: Embedding] = [:]
        for id in ids { embeddings[id] = tables.vectors[space]?[id]?.embedding }
        return embeddings
    }

    /// Images with a present file that have no vector in a space yet, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func imagesWithoutVector(in space: VectorSpace) throws -> [ImageID] {
        try space.check(.image)
        let matrix = tables.vectors[space]
        return tables.presentImages.filter { matrix?.contains($0) != true }.sorted()
    }

    /// Images with a present file that have a vector in a space, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func imagesWithVector(in space: VectorSpace) throws -> [ImageID] {
        try space.check(.image)
        let matrix = tables.vectors[space]
        return tables.presentImages.filter { matrix?.contains($0) == true }.sorted()
    }
}

extension InMemoryCatalog: TagStore {
    /// Gives images the tags of one set of labels, in place of those that they had of it.
    ///
    /// - Parameters:
    ///   - assignments: Images with their labels; an image that is not named keeps its tags.
    ///   - labelSet: The set's name.
    ///   - space: The space in which pictures and labels were compared.
    /// - Throws: `MekikiError` with code `badData`, as the role says.
    public func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) throws {
        try tables.setTags(assignments, of: labelSet, in: space)
    }

    /// The tags of images, by image.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The tags in the order that the role says; images without any are left out.
    public func tags(of ids: [ImageID]) -> [ImageID: [ImageTag]] {
        var tags: [ImageID: [ImageTag]] = [:]
        for id in ids { tags[id] = tables.tags[id] }
        return tags
    }

    /// The sets of labels that have given tags, ordered by the bytes of their names.
    ///
    /// - Returns: The sets with their counts.
    public func labelSets() -> [LabelSetCount] {
        var counts: [[UInt8]: LabelSetCount] = [:]
        for tags in tables.tags.values {
            for (name, own) in Dictionary(grouping: tags, by: { Array($0.labelSet.utf8) }) {
                let labelSet = String(decoding: name, as: UTF8.self)
                let empty = LabelSetCount(labelSet: labelSet, imageCount: 0, tagCount: 0)
                counts[name, default: empty].imageCount += 1
                counts[name, default: empty].tagCount += own.count
            }
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    }

    /// Forgets all tags of a set of labels.
    ///
    /// - Parameter labelSet: The set's name.
    /// - Returns: How many tags were forgotten.
    public func removeTags(of labelSet: String) -> Int {
        tables.removeTags(of: labelSet)
    }
}

extension FileLocation {
    /// Compares bytes, as SQLite does; Swift takes differently composed accents for equal.
    fileprivate func isUnder(_ other: String?) -> Bool {
        guard let other else { return true }
        return root.utf8.elementsEqual(other.utf8)
    }
}
