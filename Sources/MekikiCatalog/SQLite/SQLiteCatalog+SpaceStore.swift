import GRDB
import MekikiCore

extension SQLiteCatalog: SettingStore {
    /// The value of a setting.
    ///
    /// - Parameter key: The setting's name.
    /// - Returns: The value; `nil` where none was set.
    /// - Throws: `MekikiError` when the library can't be read.
    public func setting(_ key: String) async throws -> String? {
        try await read { db in try SettingRow.value(key, db) }
    }

    /// Sets a setting.
    ///
    /// - Parameters:
    ///   - key: The setting's name.
    ///   - value: The value; `nil` removes the setting.
    /// - Throws: `MekikiError` when the library can't be written.
    public func set(_ key: String, to value: String?) async throws {
        try await write { db in try SettingRow.set(key, to: value, db) }
    }
}

extension SQLiteCatalog: SpaceStore {
    /// Which space of a role answers, and which is being filled.
    ///
    /// - Parameter role: What the vectors stand for.
    /// - Returns: The selection, all of one moment.
    /// - Throws: `MekikiError` when the library can't be read.
    public func selection(of role: VectorSpace.Role) async throws -> SpaceSelection {
        try await read { db in try SpaceSelectionRow.selection(of: role, db) }
    }

    /// Changes the selection of a role in one transaction.
    ///
    /// - Parameters:
    ///   - change: What is wished.
    ///   - role: What the vectors stand for.
    /// - Returns: The selection afterwards.
    /// - Throws: `MekikiError`, as the role says.
    /// - Complexity: O(n) in the number of images where it matters whether a space is filled.
    public func select(
        _ change: SpaceSelection.Change,
        for role: VectorSpace.Role
    ) async throws -> SpaceSelection {
        try change.check(role)
        return try await write { db in
            let before = try SpaceSelectionRow.selection(of: role, db)
            let after = try before.applying(change) { try SpaceRow.isFilled($0, db) }
            guard after != before else { return before }
            try SpaceSelectionRow.write(after, of: role, db)
            return try SpaceSelectionRow.selection(of: role, db)
        }
    }

    /// Makes a space known before it has vectors, with the place where its model is.
    ///
    /// - Parameter chosen: The space; a folder that is not known leaves a known one.
    /// - Throws: `MekikiError` when the library can't be written.
    public func note(_ chosen: ChosenSpace) async throws {
        try await write { db in try SpaceRow.note(chosen, db) }
    }

    /// How many images, or texts, with a present file have no vector in a space.
    ///
    /// - Parameter space: The space.
    /// - Returns: 0 for a space that is filled.
    /// - Throws: `MekikiError` when the library can't be read.
    public func lackingCount(in space: VectorSpace) async throws -> Int {
        try await read { db in try SpaceRow.lackingCount(in: space, db) }
    }

    /// Forgets a space with its vectors; a pending one is not pending any more.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - evenCurrent: Whether the space that answers may be forgotten.
    /// - Returns: How many vectors were forgotten.
    /// - Throws: `MekikiError`, as the role says.
    public func forget(_ space: VectorSpace, evenCurrent: Bool) async throws -> Int {
        try await write { db in
            let selection = try SpaceSelectionRow.selection(of: space.role, db)
            if selection.current?.space == space, !evenCurrent {
                throw MekikiError.isCurrent(space)
            }
            if selection.pending?.space == space {
                let without = SpaceSelection(current: selection.current)
                try SpaceSelectionRow.write(without, of: space.role, db)
            }
            guard let id = try SpaceRow.id(of: space, db) else { return 0 }
            let generation = try Int64.fetchOne(db, sql: VectorCache.generationQuery) ?? 0
            try db.execute(
                sql: """
                    UPDATE image_change SET generation = ?
                    WHERE image_id IN (SELECT image_id FROM vector WHERE space_id = ?)
                    """,
                arguments: [generation + 1, id]
            )
            try VectorKeeper.forget(space: id, db)
            var count = 0
            for table in ["vector", "text_vector"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE space_id = ?", arguments: [id])
                count += db.changesCount
            }
            // The number may be given to another space from now on; who has vectors in memory under it
            // looks it up before each use.
            if selection.current?.space != space {
                try db.execute(
                    sql: """
                        DELETE FROM space WHERE id = ? AND NOT EXISTS (
                            SELECT 1 FROM tag WHERE space_id = space.id
                        )
                        """,
                    arguments: [id]
                )
            }
            return count
        }
    }
}

extension SpaceSelection.Change {
    /// Throws unless the change concerns a role.
    func check(_ role: VectorSpace.Role) throws {
        let space: VectorSpace? =
            switch self {
            case .adopt(let chosen), .request(let chosen): chosen.space
            case .complete(let space), .completeAnyway(let space): space
            case .cancel: nil
            }
        if let space { try space.check(role) }
    }
}

extension VectorSpace {
    /// Throws unless the space is one of a role.
    func check(_ wanted: Role) throws {
        guard role == wanted else {
            throw MekikiError(
                .badData,
                "The vectors of this model stand for \(role.rawValue)s, and \(wanted.rawValue)s were "
                    + "expected.",
                subject: model
            )
        }
    }
}

extension MekikiError {
    /// What who wants to forget the space that answers is told.
    static func isCurrent(_ space: VectorSpace) -> MekikiError {
        MekikiError(
            .usage,
            "The library answers with this model. Let another take its place first: "
                + "`mekiki models use NAME`.",
            subject: space.model
        )
    }
}
