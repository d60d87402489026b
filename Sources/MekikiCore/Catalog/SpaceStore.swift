/// The role that knows which vector spaces of a library are in use.
///
/// Reading is for everybody; who changes something holds the right to index the library.
public protocol SpaceStore: Sendable {
    /// Which space of a role answers, and which is being filled.
    ///
    /// - Parameter role: What the vectors stand for.
    /// - Returns: The selection, all of one moment.
    /// - Throws: `MekikiError` when the storage can't be read.
    func selection(of role: VectorSpace.Role) async throws -> SpaceSelection

    /// Changes the selection of the space's role in one transaction, which also finds out whether the
    /// space is filled.
    ///
    /// - Parameters:
    ///   - change: What is wished.
    ///   - role: What the vectors stand for.
    /// - Returns: The selection afterwards.
    /// - Throws: `MekikiError`: `badData` when the change names a space of another role; when the
    ///   storage can't be written.
    func select(
        _ change: SpaceSelection.Change,
        for role: VectorSpace.Role
    ) async throws -> SpaceSelection

    /// Makes a space known before it has vectors, with the place where its model is.
    ///
    /// - Parameter chosen: The space; a folder that is not known leaves a known one.
    /// - Throws: `MekikiError` when the storage can't be written.
    func note(_ chosen: ChosenSpace) async throws

    /// How many images, or texts, with a present file have no vector in a space.
    ///
    /// - Parameter space: The space.
    /// - Returns: 0 for a space that is filled.
    /// - Throws: `MekikiError` when the storage can't be read.
    func lackingCount(in space: VectorSpace) async throws -> Int

    /// Forgets a space with its vectors; a pending one is not pending any more.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - evenCurrent: Whether the space that answers may be forgotten: it stays the current one,
    ///     and nothing is found until it is filled again.
    /// - Returns: How many vectors were forgotten.
    /// - Throws: `MekikiError`: `usage` for the current space; when the storage can't be written.
    func forget(_ space: VectorSpace, evenCurrent: Bool) async throws -> Int
}
