import Foundation
import MekikiCore

/// Which model is used: one that was named, else the default preset where it is in the hub's cache,
/// else the starter that comes with Mekiki.
public struct ModelChoice: Sendable, Hashable {
    /// The model's folder, in the layout of the model hub.
    public let folder: URL

    /// The folder with the tokenizer's files, where that is another repository's.
    public let tokenizerFolder: URL?

    /// Whether it is the starter model.
    public let isStarter: Bool

    /// Whether nobody named it, on the command line or in a setting.
    public let isUnnamed: Bool

    /// The name that chooses the starter.
    public static let starterName = "starter"

    /// Chooses a model.
    ///
    /// A name is a folder, `starter`, a preset, or a repository of the hub, `organisation/name`; the
    /// last two may end in `@revision`.
    ///
    /// - Parameters:
    ///   - named: What the user named; it goes before everything else.
    ///   - configured: What the library's settings name; `MEKIKI_MODEL` goes before it, and the
    ///     user's own ``UserConfiguration`` after.
    ///   - environment: The process's environment.
    /// - Throws: `MekikiError` when there is no such model here, or the starter can't be found.
    public init(
        named: String? = nil,
        configured: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws {
        let variable = environment["MEKIKI_MODEL"].flatMap { $0.isEmpty ? nil : $0 }
        // The file is read only where it matters: a slip in it should not stop what it doesn't decide.
        if let name = try named ?? variable ?? configured
            ?? UserConfiguration.read(environment).model
        {
            self = try Self.find(name, environment)
        } else if let model = Wiring.cachedModel(.standard, environment), model.isComplete {
            self.init(model, isUnnamed: true)
        } else {
            try self.init(starterOf: environment, isUnnamed: true)
        }
    }

    /// The starter model, whatever is configured.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: The choice.
    /// - Throws: `MekikiError` when the files that come with Mekiki can't be found.
    public static func starter(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ModelChoice {
        try ModelChoice(starterOf: environment, isUnnamed: false)
    }

    /// The name by which the model's vector space is known: the folder's own name, or the
    /// repository's where the folder lies in the hub's cache.
    public var name: String {
        if isStarter { return Self.starterName }
        let parts = folder.pathComponents.reversed()
        return parts.lazy.compactMap(RepositoryName.init(cacheFolder:)).first?.description
            ?? folder.lastPathComponent
    }

    init(_ model: CachedModel, isUnnamed: Bool = false) {
        folder = model.folder.standardizedFileURL
        tokenizerFolder = model.tokenizerFolder
        isStarter = false
        self.isUnnamed = isUnnamed
    }

    private init(starterOf environment: [String: String], isUnnamed: Bool) throws {
        folder = try DataFolder(environment: environment).starterModel
        tokenizerFolder = nil
        isStarter = true
        self.isUnnamed = isUnnamed
    }

    private init(folder: URL, _ environment: [String: String]) {
        self.folder = folder.standardizedFileURL
        let starter = try? DataFolder(environment: environment).starterModel
        // Compared as paths: equal folders' URLs may differ by a slash at the end.
        isStarter = starter?.resolvingSymlinksInPath().path == folder.resolvingSymlinksInPath().path
        tokenizerFolder = nil
        isUnnamed = false
    }

    // MARK: Finding what was named

    private static func find(
        _ name: String,
        _ environment: [String: String]
    ) throws -> ModelChoice {
        if name == starterName { return try starter(environment) }
        let reference = ModelReference(name)
        // A preset's name goes before a folder's: `./openai` is always the folder.
        let isPreset = reference != nil && !name.contains("/")
        if !isPreset, let folder = folder(name, environment) {
            return ModelChoice(folder: folder, environment)
        }
        guard let reference else { throw absent(name) }
        guard let model = Wiring.cachedModel(reference, environment) else {
            throw notHere(reference, "is not here. Fetch it with")
        }
        guard model.isComplete else {
            throw notHere(reference, "is here only in part. Fetch the rest with")
        }
        return ModelChoice(model, isUnnamed: false)
    }

    private static func folder(_ path: String, _ environment: [String: String]) -> URL? {
        let path =
            path.hasPrefix("~/") ? LibraryFolder.home(environment) + path.dropFirst() : path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return nil }
        return URL(filePath: path, directoryHint: .isDirectory)
    }

    private static func absent(_ name: String) -> MekikiError {
        let presets = ModelPreset.all.filter { $0.role == .imageText }.map(\.name)
        return MekikiError(
            .noInput,
            "There is no model folder here, and no preset of this name. A model is a folder with "
                + "config.json, weights and tokenizer files, one of "
                + "\(([starterName] + presets).joined(separator: ", ")), or a name of the model hub "
                + "such as openai/clip-vit-base-patch32.",
            subject: name
        )
    }

    private static func notHere(_ reference: ModelReference, _ state: String) -> MekikiError {
        let size = reference.preset.map {
            " (\($0.downloadBytes.formatted(.byteCount(style: .file))))"
        }
        return MekikiError(
            .noInput,
            "The model \(state) `mekiki models pull \(reference.pullName)`\(size ?? "").",
            subject: reference.repository.description
        )
    }
}
