import MekikiCore

/// A model of the hub as a person names it: a preset, `organisation/name`, or either with
/// `@revision`.
public struct ModelReference: Sendable, Hashable {
    /// The repository.
    public var repository: RepositoryName

    /// A branch, a tag or a commit.
    public var revision: String

    /// The preset, where the repository is one's.
    public var preset: ModelPreset? { ModelPreset.of(repository) }

    /// Names a model.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - revision: A branch, a tag or a commit.
    public init(_ repository: RepositoryName, revision: String = "main") {
        self.repository = repository
        self.revision = revision
    }

    /// Reads a name; `nil` when it is neither a preset's nor one of a repository.
    ///
    /// - Parameter text: What a person wrote.
    public init?(_ text: String) {
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts.first ?? "")
        revision = parts.count == 2 ? String(parts[1]) : "main"
        guard !revision.isEmpty else { return nil }
        if let preset = ModelPreset.named(name) {
            repository = preset.repository
        } else if name.contains("/"), let named = RepositoryName(name) {
            repository = named
        } else {
            return nil
        }
    }

    /// The default preset.
    public static let standard: ModelReference = {
        guard let preset = ModelPreset.named(ModelPreset.standardName) else {
            // Written beside it, and tested.
            fatalError("The default preset is none.")
        }
        return ModelReference(preset.repository)
    }()

    /// The name that `mekiki models pull` takes.
    public var pullName: String {
        let name = preset?.name ?? repository.description
        return revision == "main" ? name : "\(name)@\(revision)"
    }
}
