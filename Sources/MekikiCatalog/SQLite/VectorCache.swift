import GRDB
import MekikiCore
import MekikiVectors
import Synchronization

/// The vectors of a catalog in memory, by space, read when first wanted.
///
/// The database stays the truth: before each use a space is brought up to date from `image_change`,
/// the same way for this process's own writes and for those of others. When nothing has changed,
/// that costs one look into an index.
final class VectorCache: Sendable {
    /// The number of the last transaction that changed vectors or presence; NULL in a new library.
    static let generationQuery = "SELECT max(generation) FROM image_change"

    /// How long vectors of a space stay that nobody asks for while others are asked for, as after the
    /// switch to another model.
    private static let patience: Duration = .seconds(600)

    private struct Entry {
        var loaded: LoadedSpace
        var usedAt: ContinuousClock.Instant
    }

    private let spaces = Mutex<[VectorSpace: Entry]>([:])

    /// The spaces whose vectors are in memory.
    var loadedSpaces: Set<VectorSpace> { spaces.withLock { Set($0.keys) } }

    /// The vectors of a space, as of now; `nil` when nothing was ever stored in it, or it was forgotten.
    ///
    /// The space is looked up in the same transaction as its vectors: a number that was given to
    /// another space meanwhile never stands for this one.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - db: A connection inside a transaction.
    ///   - now: The time.
    /// - Returns: A copy, which later changes leave as it is.
    /// - Throws: What the database throws; `MekikiError` with code `badData` for a damaged vector.
    func matrix(
        of space: VectorSpace,
        _ db: Database,
        now: ContinuousClock.Instant = .now
    ) throws -> VectorMatrix? {
        let id = try SpaceRow.id(of: space, db)
        try dropOthers(than: space, db, now)
        let loaded = spaces.withLock { spaces -> LoadedSpace? in
            guard let id else {
                spaces[space] = nil
                return nil
            }
            let known = spaces[space].flatMap { $0.loaded.id == id ? $0.loaded : nil }
            let loaded = known ?? LoadedSpace(id: id, dimension: space.dimension)
            spaces[space] = Entry(loaded: loaded, usedAt: now)
            return loaded
        }
        return try loaded?.refreshed(db)
    }

    /// Lets go of spaces that are gone, and of those that nobody has asked for in a while.
    private func dropOthers(
        than space: VectorSpace,
        _ db: Database,
        _ now: ContinuousClock.Instant
    ) throws {
        let others = spaces.withLock { $0.filter { $0.key != space } }
        for (other, entry) in others {
            let isGone = try SpaceRow.id(of: other, db) != entry.loaded.id
            guard isGone || now - entry.usedAt > Self.patience else { continue }
            spaces.withLock { spaces in
                // Another thread may have asked for it just now.
                if spaces[other]?.usedAt == entry.usedAt { spaces[other] = nil }
            }
        }
    }
}

/// The vectors of one space, with the generation that they stand at.
private final class LoadedSpace: Sendable {
    private struct State {
        var generation: Int64 = 0
        var matrix: VectorMatrix
    }

    /// The space's number when it was loaded.
    let id: Int64
    /// Held while vectors are read: whoever asks meanwhile needs the same ones.
    private let state: Mutex<State>

    init(id: Int64, dimension: Int) {
        self.id = id
        state = Mutex(State(matrix: VectorMatrix(dimension: dimension)))
    }

    func refreshed(_ db: Database) throws -> VectorMatrix {
        try state.withLock { state in
            let current = try Int64.fetchOne(
                db.cachedStatement(sql: VectorCache.generationQuery)
            )
            // Not `!=`: while this transaction waited for the lock, one that began later may have
            // brought the vectors further than it can see.
            guard let current, current > state.generation else { return state.matrix }
            if state.generation == 0 {
                try loadAll(into: &state.matrix, db)
            } else {
                try loadChanges(since: state.generation, into: &state.matrix, db)
            }
            // Last, so that after an error the same changes are read once more.
            state.generation = current
            return state.matrix
        }
    }

    private func loadAll(into matrix: inout VectorMatrix, _ db: Database) throws {
        let vectors = try db.cachedStatement(
            sql: "SELECT image_id, components FROM vector WHERE space_id = ?"
        )
        let rows = try Row.fetchCursor(vectors, arguments: [id])
        while let row = try rows.next() { try load(row, isHidden: false, into: &matrix) }
        // Images without a present file are few: cheaper to list than to ask about each image.
        let hidden = try db.cachedStatement(
            sql: """
                SELECT id FROM image WHERE NOT EXISTS (
                    SELECT 1 FROM file WHERE image_id = image.id AND is_missing = 0
                )
                """
        )
        let ids = try Int64.fetchCursor(hidden)
        while let id = try ids.next() { matrix.setHidden(true, ImageID(rawValue: id)) }
    }

    private func loadChanges(
        since generation: Int64,
        into matrix: inout VectorMatrix,
        _ db: Database
    ) throws {
        let statement = try db.cachedStatement(
            sql: """
                SELECT image_change.image_id, components, NOT EXISTS (
                    SELECT 1 FROM file
                    WHERE file.image_id = image_change.image_id AND is_missing = 0
                )
                FROM image_change
                LEFT JOIN vector ON space_id = ? AND vector.image_id = image_change.image_id
                WHERE generation > ?
                """
        )
        let rows = try Row.fetchCursor(statement, arguments: [id, generation])
        while let row = try rows.next() {
            try load(row, isHidden: try row.decode(atIndex: 2), into: &matrix)
        }
    }

    /// Sets an image's row, or removes it when its vector is gone.
    private func load(_ row: Row, isHidden: Bool, into matrix: inout VectorMatrix) throws {
        let imageID = ImageID(rawValue: try row.decode(atIndex: 0))
        let dimension = matrix.dimension
        let isSet: Void? = try VectorRow.components(row, at: 1, dimension: dimension) {
            matrix.set(imageID, $0, isHidden: isHidden)
        }
        if isSet == nil { matrix.remove(imageID) }
    }
}
