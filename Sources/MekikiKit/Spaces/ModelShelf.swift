import Foundation
import MekikiCore
import MekikiSearch

/// Models that were loaded, by their spaces: one that is asked for again is there.
public actor ModelShelf {
    /// Finds and reads a model.
    public typealias Finding = @Sendable (ModelRequest) throws -> LoadedModel

    private let find: Finding
    private var models: [VectorSpace: LoadedModel] = [:]

    /// Creates an empty shelf.
    ///
    /// - Parameter find: Finds and reads a model; by default from the files at hand.
    public init(_ find: @escaping Finding = ModelShelf.files) {
        self.find = find
    }

    /// Finds a model among the files at hand.
    ///
    /// - Parameter request: Which model.
    /// - Returns: The model; its towers load when they are first used.
    /// - Throws: `MekikiError` when there is none, or its files are damaged.
    public static func files(_ request: ModelRequest) throws -> LoadedModel {
        switch request {
        case .standard: try Wiring.model(ModelChoice())
        case .starter: try Wiring.model(ModelChoice.starter())
        case .named(let name): try Wiring.model(ModelChoice(named: name))
        }
    }

    /// The model that is used when nothing is said.
    ///
    /// - Returns: The model.
    /// - Throws: `MekikiError` when it can't be found or read.
    public func standard() throws -> LoadedModel { try keep(find(.standard)) }

    /// A model by a name or a folder.
    ///
    /// - Parameter name: The name or folder; `starter` is the starter model, and `./starter` a folder.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when it can't be found or read.
    public func model(named name: String) throws -> LoadedModel {
        try keep(find(name == ModelChoice.starterName ? .starter : .named(name)))
    }

    /// The model of a space: the same files as those that the space's vectors were made with.
    ///
    /// - Parameter chosen: The space, with the place where its model was last.
    /// - Returns: The model.
    /// - Throws: `MekikiError` with code `configuration` when these files are not at hand.
    public func model(of chosen: ChosenSpace) throws -> LoadedModel {
        if let model = models[chosen.space] { return model }
        var found: [VectorSpace] = []
        for request in ModelRequest.candidates(for: chosen) {
            guard let model = try? find(request) else { continue }
            if model.space == chosen.space { return keep(model) }
            found.append(model.space)
        }
        throw Self.absence(of: chosen, found)
    }

    /// Lets go of models that are not used any more.
    ///
    /// - Parameter spaces: The spaces whose models stay.
    public func keepOnly(_ spaces: Set<VectorSpace>) {
        models = models.filter { spaces.contains($0.key) }
    }

    private func keep(_ model: LoadedModel) -> LoadedModel {
        // The one that is there has its towers loaded.
        if let known = models[model.space] { return known }
        models[model.space] = model
        return model
    }

    private static func absence(of chosen: ChosenSpace, _ found: [VectorSpace]) -> MekikiError {
        let name = chosen.space.model
        let isChanged = found.contains { $0.model == name }
        let what =
            isChanged
            ? "The files of this model have changed since the library's vectors were made."
            : "The model that the library's vectors were made with is not at hand"
                + (chosen.folder.map { "; it was in \($0)." } ?? ".")
        return MekikiError(
            .configuration,
            what + " Put it back, or make new vectors with `mekiki models use "
                + (isChanged ? name : "NAME") + "`; --model names another for one command.",
            subject: chosen.space.description
        )
    }
}

extension LoadedModel {
    /// The space that both encoders' vectors live in.
    public var space: VectorSpace { imageEncoder.space }

    /// The space with the place where the model is.
    public var chosen: ChosenSpace { ChosenSpace(space: space, folder: summary.folder) }
}
