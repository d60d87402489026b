import GRDB
import MekikiCore

extension SQLiteCatalog: TagStore {
    /// Gives images the tags of one set of labels, in place of those that they had of it.
    ///
    /// - Parameters:
    ///   - assignments: Images with their labels; an image that is not named keeps its tags.
    ///   - labelSet: The set's name.
    ///   - space: The space in which pictures and labels were compared.
    /// - Throws: `MekikiError`, as the role says; `usage` when the catalog is only read.
    public func setTags(
        _ assignments: [TagAssignment],
        of labelSet: String,
        in space: VectorSpace
    ) async throws {
        try requireWriting()
        try TagAssignment.check(assignments, of: labelSet)
        guard !assignments.isEmpty else { return }
        try await write { db in
            let spaceID = try SpaceRow.madeID(of: space, db)
            try TagRow.write(assignments, labelSet, spaceID, db)
        }
    }

    /// The tags of images, by image.
    ///
    /// - Parameter ids: The images wanted.
    /// - Returns: The tags in the order that the role says; images without any are left out.
    /// - Throws: `MekikiError` when the library can't be read.
    public func tags(of ids: [ImageID]) async throws -> [ImageID: [ImageTag]] {
        try await read { db in try TagRow.tags(of: ids.map(\.rawValue), db) }
    }

    /// The sets of labels that have given tags, ordered by the bytes of their names.
    ///
    /// - Returns: The sets with their counts.
    /// - Throws: `MekikiError` when the library can't be read.
    public func labelSets() async throws -> [LabelSetCount] {
        try await read { db in try TagRow.labelSets(db) }
    }

    /// Forgets all tags of a set of labels.
    ///
    /// - Parameter labelSet: The set's name.
    /// - Returns: How many tags were forgotten.
    /// - Throws: `MekikiError` when the library can't be written; `usage` when it is only read.
    public func removeTags(of labelSet: String) async throws -> Int {
        try requireWriting()
        return try await write { db in
            try db.execute(sql: "DELETE FROM tag WHERE label_set = ?", arguments: [labelSet])
            return db.changesCount
        }
    }
}
