import Foundation
import GRDB
import MekikiCore
import MekikiVectors
import Synchronization

/// The vectors of one space, with the generation that they stand at.
final class LoadedSpace: Sendable {
    private struct State {
        var generation: Int64 = 0
        var matrix: VectorMatrix
        /// The list of files that the vectors came from, or were last kept in.
        var token: String?
        var changesSinceKept = 0
        /// Whether images of the catalog may be missing, because a file was damaged.
        var isIncomplete = false
        var isKeeping = false
    }

    /// The space's number when it was loaded.
    let id: Int64
    private let keeper: VectorKeeper
    /// Held while vectors are read: whoever asks meanwhile needs the same ones.
    private let state: Mutex<State>

    init(id: Int64, dimension: Int, _ keeper: VectorKeeper) {
        self.id = id
        self.keeper = keeper
        state = Mutex(
            State(matrix: VectorMatrix(dimension: dimension, sealingCount: keeper.sealingCount))
        )
    }

    /// The vectors as a connection sees them.
    ///
    /// - Parameter db: A connection inside a transaction.
    /// - Returns: A copy, which later changes leave as it is.
    /// - Throws: What the database throws; `MekikiError` with code `badData` for a damaged vector.
    func refreshed(_ db: Database) throws -> VectorMatrix {
        try state.withLock { state in
            let current = try Int64.fetchOne(
                db.cachedStatement(sql: VectorCache.generationQuery)
            )
            // Not `!=`: while this transaction waited for the lock, one that began later may have
            // brought the vectors further than it can see.
            guard let current, current > state.generation || state.isIncomplete else {
                return state.matrix
            }
            let reader = VectorReader(spaceID: id, db)
            if state.generation == 0 { try open(&state, reader) }
            if state.generation == 0 {
                try reader.readAll(into: &state.matrix) { matrix in
                    keeper.keepParts(of: &matrix)
                }
                state.changesSinceKept += state.matrix.count
            } else {
                state.changesSinceKept += try reader.readChanges(
                    since: state.generation,
                    into: &state.matrix
                )
            }
            if state.isIncomplete {
                state.changesSinceKept += try reader.readMissing(into: &state.matrix)
                state.isIncomplete = false
            }
            // Last, so that after an error the same changes are read once more.
            state.generation = max(state.generation, current)
            return state.matrix
        }
    }

    /// Takes what the files hold, if the catalog names any.
    private func open(_ state: inout State, _ reader: VectorReader) throws {
        guard let token = try keeper.token(ofSpace: id, reader.db) else { return }
        // Known even if its files are gone: it is the one to be replaced.
        state.token = token
        guard let opened = keeper.folder.open(token, into: state.matrix) else { return }
        var matrix = opened.matrix
        try reader.read(opened.unsealed, into: &matrix)
        state.matrix = matrix
        state.generation = opened.generation
        state.isIncomplete = !opened.isWhole
    }

    /// Takes damaged vectors out.
    func drop(_ damaged: DamagedPart) {
        state.withLock { state in
            state.matrix.remove(damaged)
            state.isIncomplete = true
        }
    }

    /// Keeps the sealed vectors when some are in no file, or many changes came since.
    func keepIfDue(_ pool: DatabasePool) {
        let due = state.withLock { state -> (VectorMatrix, Int64, String?)? in
            guard keeper.isWritable, !state.isKeeping, state.matrix.hasParts,
                state.matrix.unkeptPartCount > 0
                    || state.changesSinceKept >= keeper.changesWorthKeeping
            else { return nil }
            state.isKeeping = true
            state.matrix.compact()
            return (state.matrix, state.generation, state.token)
        }
        guard let (original, generation, token) = due else { return }
        var kept = original
        let outcome = keeper.keep(&kept, ofSpace: id, generation, replacing: token, pool)
        state.withLock { state in
            state.isKeeping = false
            state.matrix.adoptFiles(of: kept, from: original)
            switch outcome {
            case .kept(let token):
                state.token = token
                state.changesSinceKept = 0
            case .overtaken:
                // Another process kept newer ones meanwhile: they are opened at the next use.
                state.generation = 0
                state.matrix = VectorMatrix(
                    dimension: original.dimension,
                    sealingCount: keeper.sealingCount
                )
                state.token = nil
            case .failed:
                // As after a keeping, so that a full disk is not tried at every search.
                state.changesSinceKept = 0
            }
        }
    }
}
