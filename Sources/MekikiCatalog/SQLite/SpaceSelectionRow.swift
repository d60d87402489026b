import GRDB
import MekikiCore

/// The rows of `setting` and `space` that make a selection.
enum SpaceSelectionRow {
    /// Which space of a role answers, and which is being filled.
    static func selection(
        of role: VectorSpace.Role,
        _ db: Database
    ) throws -> SpaceSelection {
        func chosen(_ key: String) throws -> ChosenSpace? {
            guard let space = SpaceSetting.space(try SettingRow.value(key, db)), space.role == role
            else { return nil }
            return ChosenSpace(space: space, folder: try SpaceRow.folder(of: space, db))
        }
        return SpaceSelection(
            current: try chosen(SpaceSetting.current(role)),
            pending: try chosen(SpaceSetting.pending(role))
        )
    }

    /// Writes a selection; its spaces are known from then on, with their folders.
    static func write(
        _ selection: SpaceSelection,
        of role: VectorSpace.Role,
        _ db: Database
    ) throws {
        for (key, chosen) in [
            (SpaceSetting.current(role), selection.current),
            (SpaceSetting.pending(role), selection.pending),
        ] {
            if let chosen { try SpaceRow.note(chosen, db) }
            try SettingRow.set(key, to: try chosen.map { try SpaceSetting.text(of: $0.space) }, db)
        }
    }
}
