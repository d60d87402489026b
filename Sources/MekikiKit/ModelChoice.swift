import Foundation
import MekikiCore

/// Which model is used: one that was named, else the starter that comes with Mekiki.
public struct ModelChoice: Sendable, Hashable {
    /// The model's folder, in the layout of the model hub.
    public let folder: URL

    /// Whether it is the starter model.
    public let isStarter: Bool

    /// Chooses a model.
    ///
    /// - Parameters:
    ///   - named: A folder named by the user; it goes before everything else.
    ///   - environment: The process's environment; `MEKIKI_MODEL` may name a folder.
    /// - Throws: `MekikiError` when the folder does not exist, or the starter can't be found.
    public init(
        named: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        guard let path = named ?? environment["MEKIKI_MODEL"].flatMap({ $0.isEmpty ? nil : $0 })
        else {
            folder = try DataFolder(environment: environment).starterModel
            isStarter = true
            return
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw MekikiError(
                .noInput,
                "There is no model folder here. A model is a folder with config.json, "
                    + "model.safetensors, preprocessor_config.json and tokenizer files.",
                subject: path
            )
        }
        folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let starter = try? DataFolder(environment: environment).starterModel
        // Compared as paths: equal folders' URLs may differ by a slash at the end.
        isStarter = starter?.resolvingSymlinksInPath().path == folder.resolvingSymlinksInPath().path
    }

    /// The starter model, whatever is configured.
    ///
    /// - Returns: The choice.
    /// - Throws: `MekikiError` when the files that come with Mekiki can't be found.
    public static func starter() throws -> ModelChoice {
        let environment = ProcessInfo.processInfo.environment
        return try ModelChoice(environment: environment.filter { $0.key != "MEKIKI_MODEL" })
    }

    /// The name by which the model's vector space is known: the folder's own name, or the
    /// repository's where the folder lies in the hub's cache.
    public var name: String {
        if isStarter { return "starter" }
        let parts = folder.pathComponents
        if let repository = parts.last(where: { $0.hasPrefix("models--") }) {
            return String(repository.dropFirst("models--".count)).replacing("--", with: "/")
        }
        return folder.lastPathComponent
    }
}
