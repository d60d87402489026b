import GRDB
import MekikiCore
import Synchronization

/// How many images have a present file, counted again only when something has changed.
final class PresenceCount: Sendable {
    private struct State {
        var generation: Int64?
        var count: Int
    }

    private let state = Mutex<State?>(nil)

    /// The number, as of a transaction.
    ///
    /// - Parameter db: A connection inside a transaction.
    /// - Returns: The number of images.
    /// - Throws: What the database throws.
    func count(_ db: Database) throws -> Int {
        // Every change of an image's presence gets a new generation, whichever process made it.
        let generation = try Int64.fetchOne(
            db.cachedStatement(sql: VectorCache.generationQuery)
        )
        if let state = state.withLock({ $0 }), state.generation == generation { return state.count }
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM (SELECT DISTINCT image_id FROM file WHERE is_missing = 0)"
        )
        let count = try Int.fetchOne(statement) ?? 0
        state.withLock { $0 = State(generation: generation, count: count) }
        return count
    }
}
