import Foundation
import MekikiCore

/// A folder of a text model's files, as the transformers or the sentence-transformers library lays
/// it out: an encoder of texts, or a reranker.
public struct TextModelFolder: Sendable {
    /// What a text model does.
    public enum Kind: String, Sendable {
        /// Makes vectors of texts.
        case encoder
        /// Compares texts with a query.
        case reranker
    }

    /// Where the files lie.
    public let url: URL

    /// What the model does.
    public let kind: Kind

    /// The kind of architecture, `model_type` of config.json.
    public let modelType: String

    /// The architectures that can be loaded.
    public static let supportedModelTypes =
        BERTConfigurationFile.modelTypes + [Self.modernBERT]

    static let modernBERT = "modernbert"

    /// Where the transformer and the tokenizer lie, the folder itself or one in it.
    let transformer: URL

    /// What follows the transformer.
    let modules: [ModulesFile.Module]

    /// Opens a folder and reads what it holds.
    ///
    /// - Parameter url: The folder.
    /// - Throws: `MekikiError` with code `noInput` when the folder or its config.json is missing,
    ///   `badData` when a file can't be read, `configuration` when it holds another kind of model.
    public init(_ url: URL) throws {
        self.url = url
        let file = try ModulesFile(folder: url)
        transformer = file.modules.first?.folder ?? url
        modules = Array(file.modules.dropFirst())
        guard let header: Header = try FolderJSON.read("config.json", in: transformer) else {
            throw MekikiError(
                .noInput,
                "There is no config.json here, so this is no model folder. Check the path, or fetch "
                    + "the model again.",
                subject: transformer.path
            )
        }
        guard let modelType = header.modelType, Self.supportedModelTypes.contains(modelType) else {
            throw Self.unsupported(header.modelType, transformer)
        }
        self.modelType = modelType
        let architectures = header.architectures ?? []
        kind =
            architectures.contains { $0.hasSuffix("ForSequenceClassification") }
            ? .reranker : .encoder
    }

    /// Whether a folder's config.json names an architecture of text models.
    ///
    /// - Parameter url: The folder.
    /// - Returns: `false` also where there is no such file.
    public static func holdsTextModel(_ url: URL) -> Bool {
        guard let file = try? ModulesFile(folder: url),
            let transformer = file.modules.first?.folder,
            let header: Header = try? FolderJSON.read("config.json", in: transformer),
            let type = header.modelType
        else { return false }
        return supportedModelTypes.contains(type)
    }

    /// A sentence for people who need the other kind.
    ///
    /// - Parameter expected: What was needed.
    /// - Throws: `MekikiError` with code `configuration` when the folder is of another kind.
    func require(_ expected: Kind) throws {
        guard kind != expected else { return }
        let sentence =
            switch kind {
            case .encoder:
                "This model makes vectors of texts; it is no reranker, which would have been trained "
                    + "to compare a text with a query. Give it to `mekiki embed`, and to `mekiki "
                    + "rerank` a model whose config.json names an architecture "
                    + "…ForSequenceClassification."
            case .reranker:
                "This model is a reranker: it compares texts with a query and makes no vectors. Give "
                    + "it to `mekiki rerank`."
            }
        throw MekikiError(.configuration, sentence, subject: url.path)
    }

    private struct Header: Decodable {
        var modelType: String?
        var architectures: [String]?

        enum CodingKeys: String, CodingKey {
            case modelType = "model_type"
            case architectures
        }
    }

    private static func unsupported(_ type: String?, _ folder: URL) -> MekikiError {
        let supported = "Supported: " + supportedModelTypes.joined(separator: ", ") + "."
        guard let type else {
            return MekikiError(
                .configuration,
                "config.json has no model_type, which says how to read the model. \(supported)",
                subject: folder.path
            )
        }
        let what =
            ModelFolder.supportedModelTypes.contains(type)
            ? "This is a model of images and texts ('\(type)'), no text model."
            : "The model type '\(type)' is not supported as a text model."
        return MekikiError(.configuration, "\(what) \(supported)", subject: folder.path)
    }
}
