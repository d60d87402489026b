import Foundation
import MekikiCore
import MekikiModels
import MekikiTensor

extension Wiring {
    // MARK: Models

    /// Reads a model's configuration; its towers and its tokenizer load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `float32` or
    ///     `bfloat16`.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the architecture is one that
    ///   Mekiki doesn't know.
    public static func model(
        _ choice: ModelChoice,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedModel {
        let folder = try ModelFolder(choice.folder, tokenizerFolder: choice.tokenizerFolder)
        let model = try ImageTextModel(
            folder: folder,
            name: choice.name,
            precision: try precision(environment),
            workers: WorkerThreads(
                count: ProcessInfo.processInfo.activeProcessorCount,
                name: "mekiki model"
            )
        )
        return LoadedModel(
            imageEncoder: model.imageEncoder,
            textEncoder: model.textEncoder,
            summary: ModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: model.space.revision,
                dimension: model.space.dimension,
                imageSide: model.imageEncoder.inputSide,
                textLength: model.textEncoder.maximumLength,
                weightBytes: try folder.weightBytes,
                precision: model.element.rawValue,
                scoring: model.scoring,
                isStarter: choice.isStarter
            ),
            tokenize: { try model.textEncoder.tokenize($0) }
        )
    }

    // MARK: Text models

    /// What the folder of a model holds, by its files.
    ///
    /// - Parameter choice: Which model.
    /// - Returns: Whether it is a model of texts alone: an encoder or a reranker.
    public static func isTextModel(_ choice: ModelChoice) -> Bool {
        TextModelFolder.holdsTextModel(choice.folder)
    }

    /// Whether the folder of a text model holds a reranker.
    ///
    /// - Parameter choice: Which model.
    /// - Returns: `false` for encoders of texts.
    /// - Throws: `MekikiError` when it is no text model that Mekiki knows.
    public static func isReranker(_ choice: ModelChoice) throws -> Bool {
        try TextModelFolder(choice.folder).kind == .reranker
    }

    /// Reads a text encoder's configuration; its weights load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `float32` or
    ///     `bfloat16`.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the folder holds another kind
    ///   of model.
    public static func textModel(
        _ choice: ModelChoice,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedTextModel {
        let folder = try TextModelFolder(choice.folder)
        let encoder = try TransformerTextEncoder(
            folder: folder,
            name: choice.name,
            precision: try precision(environment),
            workers: modelThreads()
        )
        return LoadedTextModel(
            encoder: encoder,
            summary: TextModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: encoder.space.revision,
                dimension: encoder.space.dimension,
                textLength: encoder.textLength,
                weightBytes: try folder.weightBytes,
                precision: encoder.element.rawValue
            ),
            tokenize: { try encoder.tokenize($0, as: $1) }
        )
    }

    /// Reads a reranker's configuration; its weights load when they are first used.
    ///
    /// - Parameters:
    ///   - choice: Which model.
    ///   - maximumLength: The longest pair in tokens, where it shall be shorter than the model's own:
    ///     the time grows with it.
    ///   - environment: The process's environment; `MEKIKI_PRECISION` may be `bfloat16`, else it is
    ///     float32, because scores lie close together.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when a file is missing or damaged, or the folder holds another kind
    ///   of model.
    public static func reranker(
        _ choice: ModelChoice,
        maximumLength: Int? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> LoadedReranker {
        let folder = try TextModelFolder(choice.folder)
        let reranker = try CrossEncoder(
            folder: folder,
            precision: try precision(environment),
            maximumLength: maximumLength,
            workers: modelThreads()
        )
        return LoadedReranker(
            reranker: reranker,
            summary: TextModelSummary(
                name: choice.name,
                folder: choice.folder.path,
                architecture: folder.modelType,
                revision: try folder.revision(),
                dimension: nil,
                textLength: reranker.textLength,
                weightBytes: try folder.weightBytes,
                precision: reranker.element.rawValue
            ),
            tokenize: { query, text in
                let pair = try reranker.pair(query, text)
                return (pair.ids, pair.types)
            }
        )
    }

    private static func modelThreads() -> WorkerThreads {
        WorkerThreads(
            count: ProcessInfo.processInfo.activeProcessorCount,
            name: "mekiki model"
        )
    }

    private static func precision(_ environment: [String: String]) throws -> ComputePrecision {
        guard let name = environment["MEKIKI_PRECISION"], !name.isEmpty else { return .automatic }
        guard let precision = ComputePrecision(rawValue: name.lowercased()) else {
            let names = ComputePrecision.allCases.map(\.rawValue).joined(separator: ", ")
            throw MekikiError(
                .configuration,
                "“\(name)” is no precision. Use one of: \(names).",
                subject: "MEKIKI_PRECISION"
            )
        }
        return precision
    }

    /// Whether Mekiki can load a model, as far as its configuration tells.
    ///
    /// - Parameter folder: The model's folder.
    /// - Returns: `false` for kinds that Mekiki doesn't know.
    static func isSupported(_ folder: URL) -> Bool {
        (try? checkIsSupported(folder)) != nil
    }

    /// Checks that Mekiki can load a model; its configuration is enough for that.
    ///
    /// - Parameter folder: The model's folder.
    /// - Throws: `MekikiError` that names the kinds that can be loaded.
    static func checkIsSupported(_ folder: URL) throws {
        if TextModelFolder.holdsTextModel(folder) {
            _ = try TextModelFolder(folder)
            return
        }
        _ = try ModelFolder(folder)
    }

    /// What a model is for, by its configuration.
    ///
    /// - Parameter folder: The model's folder.
    /// - Returns: `nil` for kinds that Mekiki doesn't know.
    static func role(of folder: URL) -> ModelRole? {
        guard isSupported(folder) else { return nil }
        guard TextModelFolder.holdsTextModel(folder) else { return .imageText }
        return (try? TextModelFolder(folder).kind) == .reranker ? .reranker : .text
    }

    /// The fingerprint that the vectors of a model are known by.
    ///
    /// - Parameter folder: The model's folder.
    /// - Returns: `nil` where the model can't be loaded.
    static func fingerprint(_ folder: URL) -> String? {
        try? TextModelFolder.holdsTextModel(folder)
            ? TextModelFolder(folder).revision() : ModelFolder(folder).revision()
    }
}
