import Foundation
import MekikiCore
import MekikiTensor

/// A folder of model files in the layout of the Hugging Face hub.
public struct ModelFolder: Sendable {
    /// Where the files lie.
    public let url: URL

    /// Where the tokenizer's files lie, when that is another folder.
    public let tokenizerFolder: URL?

    /// The kind of model, as a person reads it: `model_type` of config.json, or `open_clip`.
    public let modelType: String

    /// The kind of model of pictures and texts.
    public let architecture: ModelArchitecture

    /// The kinds that can be loaded, as their configurations name them.
    public static let supportedModelTypes = [
        "clip", "metaclip_2", "open_clip", "siglip", "cloob", "japanese_stable_clip",
        "japanese_clip", "clyp",
    ]

    /// Opens a folder and recognises what it holds, from its configuration alone: the weights need not
    /// be there yet.
    ///
    /// - Parameters:
    ///   - url: The folder.
    ///   - tokenizerFolder: The folder of the tokenizer's files, for models whose own code takes those
    ///     of another repository.
    /// - Throws: `MekikiError` with code `noInput` when the folder or its configuration is missing,
    ///   `badData` when that can't be read, `configuration` when the kind is not supported.
    public init(_ url: URL, tokenizerFolder: URL? = nil) throws {
        self.url = url
        self.tokenizerFolder = tokenizerFolder
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw MekikiError(
                .noInput,
                "There is no model folder here. Check the path, or fetch the model.",
                subject: url.path
            )
        }
        if Self.isOpenCLIP(url) {
            modelType = ModelArchitecture.openCLIP.rawValue
            architecture = .openCLIP
            return
        }
        let config = try Self.existing("config.json", in: url)
        let configuration = try ConfigurationSection(contentsOf: config)
        guard let modelType = try configuration.string("model_type") else {
            throw MekikiError(
                .configuration,
                "config.json has no model_type, which says how to read the model. Choose a model "
                    + "saved by the transformers library.",
                subject: config.path
            )
        }
        let architecture: ModelArchitecture?
        do {
            architecture = try ModelArchitecture.recognize(configuration)
        } catch var error as MekikiError {
            error.subject = error.subject ?? config.path
            throw error
        }
        guard let architecture else {
            throw MekikiError(
                .configuration,
                "The model type '\(modelType)' is not supported. Supported: "
                    + ModelArchitecture.allCases.map(\.summary).joined(separator: "; ") + ".",
                subject: config.path
            )
        }
        self.modelType = modelType
        self.architecture = architecture
    }

    /// Whether a folder is to be read as open_clip's: it has open_clip's configuration, and either no
    /// other that is known, or no weights but open_clip's.
    ///
    /// Several of LAION's repositories hold a model in both forms.
    private static func isOpenCLIP(_ url: URL) -> Bool {
        func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: url.appending(path: name).path)
        }
        guard exists("open_clip_config.json") else { return false }
        let other = url.appending(path: "config.json")
        guard let configuration = try? ConfigurationSection(contentsOf: other),
            (try? ModelArchitecture.recognize(configuration)) != nil
        else { return true }
        let weights = try? WeightsLayout(folder: url).files.first
        return weights?.lastPathComponent.hasPrefix("open_clip_") ?? false
    }

    /// A file that the model can't do without.
    ///
    /// - Parameter name: Its name in the folder.
    /// - Returns: Where it is.
    /// - Throws: `MekikiError` with code `noInput` when it is missing.
    public func file(_ name: String) throws -> URL {
        try Self.existing(name, in: url)
    }

    /// Whether the folder has a file.
    ///
    /// - Parameter name: Its name in the folder.
    /// - Returns: `true` when it exists.
    public func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: name).path)
    }

    private static func existing(_ name: String, in folder: URL) throws -> URL {
        let url = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw MekikiError(
                .noInput,
                "\(name) is missing from this model folder. Fetch the model again; every one of "
                    + "its files is needed.",
                subject: folder.path
            )
        }
        return url
    }
}
