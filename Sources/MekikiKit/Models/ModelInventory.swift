import Foundation
import MekikiCore

/// The models that could be used on this machine, and those that could be fetched.
public struct ModelInventory: Sendable {
    /// The starter, the presets, then what else the hub's cache holds, by name.
    public var entries: [ModelEntry]

    /// Models of the cache that are of kinds Mekiki doesn't run.
    public var foreign: [RepositoryName]

    /// Takes stock.
    ///
    /// - Parameters:
    ///   - current: The model that is used when a command names none.
    ///   - environment: The process's environment.
    public init(
        current: ModelChoice,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        entries = []
        foreign = []
        if let starter = try? ModelChoice.starter(environment) {
            entries.append(Self.entry(ModelChoice.starterName, starter, environment))
        }
        for preset in ModelPreset.all {
            let model = Wiring.cachedModel(ModelReference(preset.repository), environment)
            entries.append(Self.entry(preset, model, environment))
        }
        let presets = Set(ModelPreset.all.map(\.repository))
        for model in Wiring.cachedModels(environment) where !presets.contains(model.repository) {
            guard model.isComplete, Wiring.isSupported(model.folder) else {
                foreign.append(model.repository)
                continue
            }
            let name = model.repository.description
            var entry = Self.entry(name, ModelChoice(model), environment)
            entry.repository = model.repository
            entry.bytes = model.bytes
            entries.append(entry)
        }
        markCurrent(current, environment)
    }

    private mutating func markCurrent(_ current: ModelChoice, _ environment: [String: String]) {
        let place = current.folder.resolvingSymlinksInPath().path
        let known = entries.firstIndex { entry in
            entry.folder?.resolvingSymlinksInPath().path == place
        }
        if let known {
            entries[known].isCurrent = true
        } else {
            // A folder of the user's own, or a commit that no branch is at.
            var entry = Self.entry(current.name, current, environment)
            entry.isCurrent = true
            entries.insert(entry, at: 0)
        }
    }

    private static func entry(
        _ name: String,
        _ choice: ModelChoice,
        _ environment: [String: String]
    ) -> ModelEntry {
        var entry = ModelEntry(
            name: name,
            presence: .here,
            folder: choice.folder,
            bytes: bytes(in: choice.folder),
            role: Wiring.role(of: choice.folder)
        )
        // Reads configurations, no weights.
        switch entry.role {
        case .imageText:
            let summary = try? Wiring.model(choice, environment: environment).summary
            entry.revision = summary?.revision
            entry.dimension = summary?.dimension
        case .text:
            let summary = try? Wiring.textModel(choice, environment: environment).summary
            entry.revision = summary?.revision
            entry.dimension = summary?.dimension
        // Its scores are kept nowhere, so nobody needs to know its files again.
        case .reranker, nil: break
        }
        return entry
    }

    private static func entry(
        _ preset: ModelPreset,
        _ model: CachedModel?,
        _ environment: [String: String]
    ) -> ModelEntry {
        guard let model, model.isComplete else {
            return ModelEntry(
                name: preset.name,
                repository: preset.repository,
                preset: preset,
                presence: model == nil ? .absent : .incomplete,
                folder: model?.folder,
                bytes: preset.downloadBytes,
                dimension: preset.dimension,
                role: preset.role
            )
        }
        var entry = entry(preset.name, ModelChoice(model), environment)
        entry.repository = preset.repository
        entry.preset = preset
        entry.bytes = model.bytes
        entry.dimension = entry.dimension ?? preset.dimension
        entry.role = entry.role ?? preset.role
        return entry
    }

    private static func bytes(in folder: URL) -> Int64? {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder.path) else {
            return nil
        }
        return names.reduce(0) { sum, name in
            let file = folder.appending(path: name).resolvingSymlinksInPath()
            let values = try? file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
            return sum + (values?.isRegularFile == true ? Int64(values?.fileSize ?? 0) : 0)
        }
    }
}
