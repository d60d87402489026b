import MekikiCore
import MekikiSearch

/// Which models an indexing run makes vectors with.
public struct IndexingModels: Sendable {
    /// The one whose space answers, or is going to in a new library.
    public var current: LoadedModel

    /// Those whose spaces are filled beside: the one that is to take its place, and one that was named.
    public var others: [LoadedModel]

    /// What a person should know about the choice, a sentence each.
    public var notes: [String]

    /// Chooses models.
    ///
    /// - Parameters:
    ///   - current: The one whose space answers.
    ///   - others: Those whose spaces are filled beside.
    ///   - notes: What a person should know about the choice.
    public init(current: LoadedModel, others: [LoadedModel] = [], notes: [String] = []) {
        self.current = current
        self.others = others
        self.notes = notes
    }
}

extension Library {
    /// The models that a run makes vectors with.
    ///
    /// A model that is named for one run never takes the place of the one that answers: the library
    /// gets vectors of both.
    ///
    /// - Parameters:
    ///   - name: A model that was named for the run; `nil` when nothing was said.
    ///   - shelf: Where models are found.
    /// - Returns: The models.
    /// - Throws: `MekikiError` when the model that answers, or the one that was named, can't be had.
    public func indexingModels(
        named name: String?,
        from shelf: ModelShelf
    ) async throws -> IndexingModels {
        let selection = try await catalog.selection(of: .image)
        var named: LoadedModel?
        if let name { named = try await model(called: name, from: shelf) }
        guard let chosen = selection.current else {
            if let named { return IndexingModels(current: named) }
            return IndexingModels(current: try await shelf.standard())
        }
        var models: IndexingModels
        do {
            models = IndexingModels(current: try await shelf.model(of: chosen))
        } catch let error as MekikiError {
            // Without the model that answers, a named one can still be made vectors with.
            guard let named else { throw error }
            models = IndexingModels(current: named, notes: [error.description])
        }
        if let pending = selection.pending {
            do {
                models.others.append(try await shelf.model(of: pending))
            } catch let error as MekikiError {
                models.notes.append("The switch can't go on. " + error.description)
            }
        }
        guard let named, named.space != chosen.space, named.space != selection.pending?.space else {
            return models
        }
        if models.current.space != named.space { models.others.append(named) }
        models.notes.append(
            "The library answers with \(chosen.space.model); vectors of \(named.space.model) are made "
                + "beside its own. `mekiki models use` lets a model take its place."
        )
        return models
    }
}
