import MekikiCore

/// A model that is known by a short name, with what a person weighs before fetching it.
public struct ModelPreset: Sendable, Hashable {
    /// The short name.
    public var name: String

    /// Where it is on the model hub.
    public var repository: RepositoryName

    /// What it is for.
    public var role: ModelRole

    /// Its licence, as its page states it.
    public var licence: String

    /// Whether its terms must be accepted on its page before it can be fetched.
    public var isGated: Bool

    /// About how many bytes are fetched: the float32 weights and the tokenizer.
    public var downloadBytes: Int64

    /// The languages that it is good at.
    public var languages: String

    /// Components of its vectors; `nil` for rerankers.
    public var dimension: Int?

    /// What it is good for, in a few words.
    public var purpose: String

    /// What is published about its quality; empty where nothing comparable is.
    public var figures: [QualityFigure]

    /// Finds a preset.
    ///
    /// - Parameter name: Its short name.
    /// - Returns: `nil` when there is none of the name.
    public static func named(_ name: String) -> ModelPreset? {
        all.first { $0.name == name }
    }

    /// Finds the preset of a repository.
    ///
    /// - Parameter repository: The repository.
    /// - Returns: `nil` when there is none.
    public static func of(_ repository: RepositoryName) -> ModelPreset? {
        all.first { $0.repository == repository }
    }
}
