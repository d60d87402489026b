import GRDB
import MekikiCore
import MekikiVectors

extension SQLiteCatalog: VectorSearch {
    /// The images whose vectors have the greatest inner product with a query.
    ///
    /// The first search in a space reads its vectors into memory; later ones read what has changed
    /// since, whoever changed it.
    ///
    /// - Parameters:
    ///   - query: A unit vector of the space.
    ///   - space: The space to search.
    ///   - request: How many, from where, without which.
    /// - Returns: The neighbours, nearest first, equals in the order of their ids.
    /// - Throws: `MekikiError`, as the role says.
    public func nearest(
        to query: Embedding,
        in space: VectorSpace,
        _ request: NearestRequest
    ) async throws -> NearestResult {
        try space.check(.image)
        try space.check(query)
        let threadCount = options.threadCount
        // As often as there may be damaged files, and no endless round where memory itself fails.
        for _ in 0..<100 {
            let (matrix, opened) = try await read { db, opened in
                (try opened.vectors.matrix(of: space, db), opened)
            }
            guard let matrix else { return NearestResult(neighbors: [], total: 0) }
            do {
                return try await searchThreads.run {
                    let result = try matrix.nearest(to: query, request, threads: threadCount)
                    opened.vectors.keepIfDue(space, opened.pool)
                    return result
                }
            } catch let damaged as DamagedPart {
                opened.vectors.drop(damaged, of: space)
            }
        }
        throw MekikiError(
            .inputOutput,
            """
            The files of vectors are damaged as soon as they are made. Check the disk and the memory.
            """,
            subject: path.path
        )
    }

    /// The stored vectors of images, rounded to half precision.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: The space.
    /// - Returns: The vectors; images without one in this space are left out.
    /// - Throws: `MekikiError` when the library can't be read.
    public func embeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) async throws -> [ImageID: Embedding] {
        try space.check(.image)
        return try await read { db in
            guard let spaceID = try SpaceRow.id(of: space, db) else { return [:] }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT image_id, components FROM vector
                    WHERE space_id = ? AND image_id IN (SELECT value FROM json_each(?))
                    """
            )
            let list = IDList.json(ids.map(\.rawValue))
            let rows = try Row.fetchCursor(statement, arguments: [spaceID, list])
            var embeddings: [ImageID: Embedding] = [:]
            while let row = try rows.next() {
                let components = try VectorRow.components(row, at: 1, dimension: space.dimension) {
                    HalfVector(bytes: $0)
                }
                embeddings[ImageID(rawValue: try row.decode(atIndex: 0))] = components?.embedding
            }
            return embeddings
        }
    }

    /// Images with a present file that have no vector in a space yet, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images.
    /// - Throws: `MekikiError` when the library can't be read.
    public func imagesWithoutVector(in space: VectorSpace) async throws -> [ImageID] {
        try space.check(.image)
        return try await read { db in
            // No space has the number 0, so every image lacks a vector in an unknown one.
            let spaceID = try SpaceRow.id(of: space, db) ?? 0
            let statement = try db.cachedStatement(
                sql: """
                    SELECT DISTINCT image_id FROM file
                    WHERE is_missing = 0 AND NOT EXISTS (
                        SELECT 1 FROM vector WHERE space_id = ? AND image_id = file.image_id
                    )
                    ORDER BY image_id
                    """
            )
            return try Int64.fetchAll(statement, arguments: [spaceID]).map(ImageID.init(rawValue:))
        }
    }

    /// Images with a present file that have a vector in a space, ordered by id.
    ///
    /// - Parameter space: The space.
    /// - Returns: The images.
    /// - Throws: `MekikiError` when the library can't be read.
    public func imagesWithVector(in space: VectorSpace) async throws -> [ImageID] {
        try space.check(.image)
        return try await read { db in
            guard let spaceID = try SpaceRow.id(of: space, db) else { return [] }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT image_id FROM vector WHERE space_id = ? AND EXISTS (
                        SELECT 1 FROM file WHERE image_id = vector.image_id AND is_missing = 0
                    )
                    ORDER BY image_id
                    """
            )
            return try Int64.fetchAll(statement, arguments: [spaceID]).map(ImageID.init(rawValue:))
        }
    }
}
