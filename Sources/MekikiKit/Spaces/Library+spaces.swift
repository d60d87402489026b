import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// The model that a command works with: one that was named, else the one that the library's vectors
    /// are of, else the one that is used when nothing is said.
    ///
    /// - Parameters:
    ///   - name: A model that was named for the command; `nil` when nothing was said.
    ///   - shelf: Where models are found.
    /// - Returns: The model, and why it is this one.
    /// - Throws: `MekikiError` when it can't be had.
    public func model(
        named name: String?,
        from shelf: ModelShelf
    ) async throws -> UsedModel {
        if let name { return UsedModel(try await model(called: name, from: shelf), .named) }
        guard let chosen = try await catalog.selection(of: .image).current else {
            return UsedModel(try await shelf.standard(), .standard)
        }
        return UsedModel(try await shelf.model(of: chosen), .library)
    }

    /// A model by its name, its folder, or the name of a space that the library has vectors in.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - shelf: Where models are found.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when it can't be had.
    public func model(called name: String, from shelf: ModelShelf) async throws -> LoadedModel {
        do {
            return try await shelf.model(named: name)
        } catch let error as MekikiError where error.code == .noInput {
            guard let known = try? await space(named: name) else { throw error }
            return try await shelf.model(of: known.chosen)
        }
    }

    /// Which space answers, and which is being filled to take its place.
    ///
    /// - Parameter role: What the vectors stand for.
    /// - Returns: The selection, all of one moment.
    /// - Throws: `MekikiError` when the catalog can't be read.
    public func selection(of role: VectorSpace.Role = .image) async throws -> SpaceSelection {
        try await catalog.selection(of: role)
    }

    /// Forgets a space with its vectors; the images stay.
    ///
    /// - Parameters:
    ///   - space: The space.
    ///   - evenCurrent: Whether the space that answers may be forgotten.
    /// - Returns: How many vectors were forgotten.
    /// - Throws: `MekikiError`: `usage` for the space that answers; `unavailable` while another process
    ///   indexes.
    public func forget(_ space: VectorSpace, evenCurrent: Bool = false) async throws -> Int {
        try await alone { try await catalog.forget(space, evenCurrent: evenCurrent) }
    }

    /// Runs work while nobody else may index the library.
    ///
    /// Who fills a space gives others a turn every few seconds; while that may be so, the turn is waited
    /// for.
    func alone<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        var isFilling = false
        for role in VectorSpace.Role.allCases where !isFilling {
            isFilling = try await catalog.selection(of: role).pending != nil
        }
        let patience: Duration = isFilling ? .seconds(60) : .zero
        do {
            return try await Wiring.whileIndexing(folder, waiting: patience, work)
        } catch is CancellationError {
            throw MekikiError(
                .cancelled,
                "Stopped while another process was waited for; nothing was changed."
            )
        }
    }
}
