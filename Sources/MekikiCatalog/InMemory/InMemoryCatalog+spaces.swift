import MekikiCore
import MekikiVectors

extension InMemoryCatalog: SettingStore {
    /// The value of a setting.
    ///
    /// - Parameter key: The setting's name.
    /// - Returns: The value; `nil` where none was set.
    public func setting(_ key: String) -> String? { tables.settings[key] }

    /// Sets a setting.
    ///
    /// - Parameters:
    ///   - key: The setting's name.
    ///   - value: The value; `nil` removes the setting.
    public func set(_ key: String, to value: String?) { tables.settings[key] = value }
}

extension InMemoryCatalog: SpaceStore {
    /// Which space of a role answers, and which is being filled.
    ///
    /// - Parameter role: What the vectors stand for.
    /// - Returns: The selection.
    public func selection(of role: VectorSpace.Role) -> SpaceSelection {
        tables.selection(of: role)
    }

    /// Changes the selection of a role.
    ///
    /// - Parameters:
    ///   - change: What is wished.
    ///   - role: What the vectors stand for.
    /// - Returns: The selection afterwards.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func select(
        _ change: SpaceSelection.Change,
        for role: VectorSpace.Role
    ) throws -> SpaceSelection {
        try change.check(role)
        let selection = tables.selection(of: role).applying(change) {
            tables.lackingCount(in: $0) == 0
        }
        tables.setSelection(selection, of: role)
        return tables.selection(of: role)
    }

    /// Makes a space known before it has vectors, with the place where its model is.
    ///
    /// - Parameter chosen: The space; a folder that is not known leaves a known one.
    public func note(_ chosen: ChosenSpace) { tables.note(chosen) }

    /// How many images, or texts, with a present file have no vector in a space.
    ///
    /// - Parameter space: The space.
    /// - Returns: 0 for a space that is filled.
    public func lackingCount(in space: VectorSpace) -> Int { tables.lackingCount(in: space) }

    /// Forgets a space with its vectors; a pending one is not pending any more.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - evenCurrent: Whether the space that answers may be forgotten.
    /// - Returns: How many vectors were forgotten.
    /// - Throws: `MekikiError` with code `usage` for the current space.
    public func forget(_ space: VectorSpace, evenCurrent: Bool) throws -> Int {
        try tables.forget(space, evenCurrent: evenCurrent)
    }
}

extension InMemoryCatalog: TextVectorStore {
    /// Texts of images with a present file that have no vector in a space yet, ordered by image and
    /// place.
    ///
    /// - Parameters:
    ///   - space: A space of texts.
    ///   - limit: The most to list.
    /// - Returns: The texts.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func textsWithoutVector(in space: VectorSpace, limit: Int) throws -> [ImageText] {
        try space.check(.text)
        return Array(tables.textsWithoutVector(in: space).prefix(limit))
    }

    /// The stored vectors of the texts of images, rounded to half precision.
    ///
    /// - Parameters:
    ///   - ids: The images wanted.
    ///   - space: A space of texts.
    /// - Returns: The unit vectors by text; texts without one in this space are left out.
    /// - Throws: `MekikiError` with code `badData` for a space of another role.
    public func textEmbeddings(
        of ids: [ImageID],
        in space: VectorSpace
    ) throws -> [ImageTextID: [Embedding]] {
        try space.check(.text)
        let wanted = Set(ids)
        return (tables.textVectors[space] ?? [:]).filter { wanted.contains($0.key.imageID) }
            .mapValues { $0.map(\.embedding) }
    }
}
