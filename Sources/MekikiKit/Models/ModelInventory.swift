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
            entries.append(Self.entry(ModelChoice.starterName, starter.folder, environment))
        }
        for preset in ModelPreset.all {
            let model = Wiring.cachedModel(ModelReference(preset.repository), environment)
            entries.append(Self.entry(preset, model))
        }
        let presets = Set(ModelPreset.all.map(\.repository))
        for model in Wiring.cachedModels(environment) where !presets.contains(model.repository) {
            guard model.isComplete, Wiring.isSupported(model.folder) else {
                foreign.append(model.repository)
                continue
            }
            var entry = Self.entry(model.repository.description, model.folder, environment)
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
            var entry = Self.entry(current.name, current.folder, environment)
            entry.isCurrent = true
            entries.insert(entry, at: 0)
        }
    }

    private static func entry(
        _ name: String,
        _ folder: URL,
        _ environment: [String: String]
    ) -> ModelEntry {
        ModelEntry(
            name: name,
            presence: .here,
            folder: folder,
            bytes: bytes(in: folder),
            revision: Wiring.fingerprint(folder)
        )
    }

    private static func entry(_ preset: ModelPreset, _ model: CachedModel?) -> ModelEntry {
        let isHere = model?.isComplete == true
        return ModelEntry(
            name: preset.name,
            repository: preset.repository,
            preset: preset,
            presence: model == nil ? .absent : isHere ? .here : .incomplete,
            folder: model?.folder,
            bytes: isHere ? model?.bytes : preset.downloadBytes,
            revision: isHere ? model.flatMap { Wiring.fingerprint($0.folder) } : nil
        )
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
