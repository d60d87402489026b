import GRDB
import MekikiCore

extension SQLiteCatalog: WordStore {
    public func texts(of ids: [ImageID]) async throws -> [ImageID: [ImageText]] {
        try await read { db in try TextFieldRow.texts(of: ids.map(\.rawValue), db) }
    }

    public func lines(of ids: [ImageID]) async throws -> [ImageID: [TextLine]] {
        try await read { db in try TextLineRow.lines(of: ids, db) }
    }

    public func images(matching filter: Filter) async throws -> ImageSet {
        try await read { db in try FilterSQL.images(matching: filter, db) }
    }

    public func imagesAwaiting(
        _ work: FinishedWork.Work,
        after: ImageID?,
        limit: Int
    ) async throws -> [ImageID] {
        try await read { db in
            try FinishedWorkRow.awaiting(work, after: after, limit: limit, db)
        }
    }

    public func awaitingCount(_ work: FinishedWork.Work) async throws -> Int {
        try await read { db in try FinishedWorkRow.awaitingCount(work, db) }
    }
}

extension SQLiteCatalog: TextVectorSearch {
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
        return try await searchThreads.run { table.nearest(to: query, request) }
    }
}
