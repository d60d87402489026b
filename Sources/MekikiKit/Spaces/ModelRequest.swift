import MekikiCore

/// How a model is asked for.
public enum ModelRequest: Sendable, Hashable {
    /// The one that is used when nothing is said.
    case standard
    /// The starter model, whatever is configured.
    case starter
    /// By a name or a folder.
    case named(String)

    /// The ways to find the model of a space again, the likeliest first.
    ///
    /// What is found is the model only if its space is this one: files change under their names.
    ///
    /// - Parameter chosen: The space, with the place where its model was last.
    /// - Returns: The requests, each once.
    public static func candidates(for chosen: ChosenSpace) -> [ModelRequest] {
        var candidates: [ModelRequest] = []
        if let folder = chosen.folder { candidates.append(.named(folder)) }
        // The folder that comes with Mekiki moves with it; one in the hub's cache moves with its owner.
        let name = chosen.space.model
        candidates.append(name == ModelChoice.starterName ? .starter : .named(name))
        candidates.append(.standard)
        return candidates
    }
}
