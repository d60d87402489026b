import MekikiKit

/// Which model a command works with, and why, in a sentence.
enum ModelSentence {
    /// The sentence.
    ///
    /// - Parameters:
    ///   - used: The model.
    ///   - current: The space that the library answers with.
    ///   - environment: The process's environment: a model that it names is not the library's own.
    /// - Returns: A line.
    static func of(
        _ used: UsedModel,
        current: VectorSpace?,
        environment: [String: String] = [:]
    ) -> String {
        let summary = used.model.summary
        let name =
            summary.isStarter
            ? "Starter model: clip-art and simple scenes, no photographs" : "Model \(summary.name)"
        switch used.reason {
        case .standard:
            return summary.isStarter
                ? name + " (`mekiki models pull multilingual` fetches a real one)" : name
        case .named:
            guard let current, current != used.model.space else { return name }
            return name + " (for this command; the library answers with \(title(current, used)))"
        case .library:
            let other = environment["MEKIKI_MODEL"].flatMap { $0.isEmpty ? nil : $0 }
            if let other, other != summary.folder, other != summary.name {
                return name + " (the library's own; `mekiki models use` lets MEKIKI_MODEL answer)"
            }
            return name + " (the library's own; `mekiki models use` changes it)"
        }
    }

    /// A space's name, with its revision where the name alone says nothing.
    private static func title(_ space: VectorSpace, _ used: UsedModel) -> String {
        space.model == used.model.space.model
            ? "\(space.model)@\(space.revision.prefix(8))" : space.model
    }
}
