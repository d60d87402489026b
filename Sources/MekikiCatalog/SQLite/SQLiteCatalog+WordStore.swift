import GRDB
import MekikiCore

extension SQLiteCatalog: WordStore {
    /// The texts of images, by image: by the order of origins, then by place.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The texts; images without any are left out.
    /// - Throws: `MekikiError` when the library can't be read.
    public func texts(of ids: [ImageID]) async throws -> [ImageID: [ImageText]] {
        try await read { db in try TextFieldRow.texts(of: ids.map(\.rawValue), db) }
    }

    /// The lines that were read in pictures, by image, in reading order.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The lines; images without any are left out.
    /// - Throws: `MekikiError` when the library can't be read.
    public func lines(of ids: [ImageID]) async throws -> [ImageID: [TextLine]] {
        try await read { db in try TextLineRow.lines(of: ids, db) }
    }

    /// The images with a present file that a filter lets through.
    ///
    /// - Parameter filter: The filter.
    /// - Returns: The images.
    /// - Throws: `MekikiError` with code `usage` for a relation that does not suit its field.
    public func images(matching filter: Filter) async throws -> ImageSet {
        try await read { db in try FilterSQL.images(matching: filter, db) }
    }

    /// Images with a present file for which work was not done in this version, ordered by id.
    ///
    /// - Parameters:
    ///   - work: The work.
    ///   - after: Only images after this one; `nil` for all.
    ///   - limit: The most to list.
    /// - Returns: The images.
    /// - Throws: `MekikiError` when the library can't be read.
    public func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) async throws -> [ImageID] {
        try await read { db in
            try FinishedWorkRow.awaiting(work, after: after, limit: limit, db)
        }
    }

    /// How many images with a present file await work.
    ///
    /// - Parameter work: The work.
    /// - Returns: The number.
    /// - Throws: `MekikiError` when the library can't be read.
    public func awaitingCount(_ work: FinishedWork.Work) async throws -> Int {
        try await read { db in try FinishedWorkRow.awaitingCount(work, db) }
    }
}

extension SQLiteCatalog: TextVectorSearch {
    /// The images that have the texts nearest to a query, each once, by its best text.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: A space of texts.
    ///   - request: Which kinds of words, how many, from where, among which images.
    /// - Returns: The neighbours, and how many images took part.
    /// - Throws: `MekikiError` with code `badData` for a space of another role or dimension.
    public func nearestTexts(
        to query: Embedding,
        in space: VectorSpace,
        _ request: TextRequest
    ) async throws -> NearestTexts {
        try space.check(.text)
        try space.check(query)
        let table = try await read { db, opened in
            try opened.textVectors.table(of: space, db)
        }
        return try await searchThreads.run { try table.nearest(to: query, request) }
    }
}
