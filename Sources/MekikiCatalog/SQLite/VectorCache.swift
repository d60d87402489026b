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
    private let keeper: VectorKeeper

    /// Creates an empty cache.
    ///
    /// - Parameter keeper: Where sealed vectors are kept.
    init(_ keeper: VectorKeeper) {
        self.keeper = keeper
    }

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
            let loaded = known ?? LoadedSpace(id: id, dimension: space.dimension, keeper)
            spaces[space] = Entry(loaded: loaded, usedAt: now)
            return loaded
        }
        return try loaded?.refreshed(db)
    }

    /// Takes out vectors that turned out to be damaged; the next use fills in what is lacking.
    ///
    /// - Parameters:
    ///   - damaged: What a search threw.
    ///   - space: The space that it searched.
    func drop(_ damaged: DamagedPart, of space: VectorSpace) {
        spaces.withLock { $0[space]?.loaded }?.drop(damaged)
    }

    /// Keeps a space's sealed vectors where that is due.
    ///
    /// Failing changes nothing: what is in no file is read from the catalog.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - pool: The catalog.
    func keepIfDue(_ space: VectorSpace, _ pool: DatabasePool) {
        spaces.withLock { $0[space]?.loaded }?.keepIfDue(pool)
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
