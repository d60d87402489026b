import Foundation
import MekikiCore

/// A folder of model files in the layout of the Hugging Face hub.
public struct ModelFolder: Sendable {
    /// Where the files lie.
    public let url: URL

    /// The kind of architecture, `model_type` of config.json.
    public let modelType: String

    /// The kinds that can be loaded.
    public static let supportedModelTypes = ["clip"]

    /// Opens a folder and reads what it holds.
    ///
    /// - Parameter url: The folder.
    /// - Throws: `MekikiError` with code `noInput` when the folder or its config.json is missing,
    ///   `badData` when config.json can't be read, `configuration` when the kind is not supported.
    public init(_ url: URL) throws {
        self.url = url
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
        let config = try Self.existing("config.json", in: url)
        let header: Header
        do {
            header = try JSONDecoder().decode(Header.self, from: Data(contentsOf: config))
        } catch {
            throw MekikiError(
                .badData,
                "config.json can't be read as JSON. Fetch the model again.",
                subject: config.path,
                cause: error
            )
        }
        guard let modelType = header.modelType else {
            throw MekikiError(
                .configuration,
                "config.json has no model_type, which says how to read the model. Choose a model "
                    + "saved by the transformers library.",
                subject: config.path
            )
        }
        guard Self.supportedModelTypes.contains(modelType) else {
            throw MekikiError(
                .configuration,
                "The model type '\(modelType)' is not supported. Supported: "
                    + Self.supportedModelTypes.joined(separator: ", ") + ".",
                subject: config.path
            )
        }
        self.modelType = modelType
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

    private struct Header: Decodable {
        var modelType: String?

        enum CodingKeys: String, CodingKey {
            case modelType = "model_type"
        }
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
