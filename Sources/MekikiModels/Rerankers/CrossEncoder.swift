import Foundation
import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// A reranker that reads a query and a text as one sequence (Nogueira and Cho 2019).
///
/// Opening reads configurations only; the weights and the tokenizer are loaded by the first query.
public final class CrossEncoder: Reranker {
    /// What the scores are, as the model's files say.
    public let scale: RelevanceScale

    /// The longest pair in tokens, special ones included; what is longer is cut.
    public let textLength: Int

    /// What matrix products compute in.
    public let element: ElementType

    private let readsTypes: Bool
    private let tokenizer: LoadedOnce<any Tokenizer>
    private let model: LoadedOnce<Model>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    private struct Model: Sendable {
        var tower: any TextTower
        var head: CrossEncoderHead
    }

    /// Opens a model.
    ///
    /// - Parameters:
    ///   - folder: The model's files.
    ///   - precision: What matrix products shall compute in; float32 unless bfloat16 is demanded.
    ///   - maximumLength: The longest pair in tokens, where it shall be shorter than the model's own.
    ///   - workers: The threads that do all work.
    /// - Throws: `MekikiError` when a file is missing, damaged or of a kind that is not supported,
    ///   or when the processor lacks the precision.
    public init(
        folder: TextModelFolder,
        precision: ComputePrecision = .automatic,
        maximumLength: Int? = nil,
        workers: WorkerThreads
    ) throws {
        try folder.require(.reranker)
        self.workers = workers
        // Rounded to bfloat16, scores are off by some hundredths of their spread: enough to exchange
        // neighbours, and the order is all that a reranker is for.
        let element = try (precision == .automatic ? .float32 : precision).resolved()
        self.element = element
        let shape = try TextModelLoading.Shape(folder)
        let length = try TextModelLoading.length(folder, shape, wanted: maximumLength)
        let file = try CrossEncoderFile(folder)
        textLength = length
        scale = file.scale
        readsTypes = try shape.hasTokenTypes && folder.readsTokenTypes()
        let options = TokenizerOptions(lowercases: try folder.lowercases() ? true : nil)
        let transformer = folder.transformer
        tokenizer = LoadedOnce { _ in try TokenizerFolder.load(transformer, options: options) }
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        model = LoadedOnce { team in
            let weights = try Weights(folder: transformer)
            let pooling: BERTPooling
            let head: CrossEncoderHead
            switch shape {
            case .modernBERT(let configuration):
                pooling = file.pooling == .mean ? .mean : .first
                head = try CrossEncoderHead(modernBERT: weights, configuration, file)
            case .bert(let configuration) where folder.modelType == "bert":
                pooling = .pooler
                head = try CrossEncoderHead(bert: weights, width: configuration.width)
            case .bert(let configuration):
                pooling = .first
                head = try CrossEncoderHead(roberta: weights, width: configuration.width)
            }
            let tower = try shape.tower(
                weights,
                pooling: pooling,
                longestText: length,
                computing: element,
                by: team
            )
            let model = Model(tower: tower, head: head)
            try Self.selfTest(model, shape, workspaces, folder: folder.url.path, by: team)
            return model
        }
    }

    /// Scores texts, in the order given.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows; longer ones are cut.
    ///   - query: What was asked for; where both are too long, both are cut.
    /// - Returns: One score a text.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func scores(of texts: [String], for query: String) async throws -> [Float] {
        let pairs = try await workers.run { try texts.map { try self.pair(query, $0) } }
        return try await scores(of: pairs)
    }

    /// Scores pairs that are tokenized already.
    ///
    /// - Parameter pairs: Ids and types, without padding.
    /// - Returns: One score a pair.
    /// - Throws: `MekikiError` with code `badData` when ids do not fit the model, and when the model
    ///   can't be loaded.
    public func scores(of pairs: [TokenizedPair]) async throws -> [Float] {
        if !model.isLoaded {
            // With all threads, so that no batch is loaded for by one while others wait.
            try await workers.runTogether { _ = try self.model.get(by: $0) }
        }
        let lengths = pairs.map(\.ids.count)
        let odds = try await workers.mapBatch(pairs, lengths: lengths) { pairs, team in
            let model = try self.model.get(by: team)
            return try self.workspaces.withElement { workspace in
                let rows = try model.tower.encode(
                    pairs.map(\.ids),
                    types: self.readsTypes ? pairs.map(\.types) : nil,
                    in: workspace,
                    by: team
                )
                return try model.head.run(rows, by: team)
            }
        }
        guard odds.allSatisfy(\.isFinite) else {
            throw MekikiError(.badData, "A reranker gave a score that is no number.")
        }
        return scale == .logit ? odds : odds.map { RelevanceScale.logit.probability(of: $0) }
    }

    /// The ids that the transformer gets for a query and a text.
    ///
    /// - Parameters:
    ///   - query: What was asked for.
    ///   - text: A text.
    /// - Returns: Ids and token types.
    /// - Throws: `MekikiError` when the tokenizer can't be loaded, or knows nothing of pairs.
    public func pair(_ query: String, _ text: String) throws -> TokenizedPair {
        try tokenizer.get().encodePair(query, text, limit: textLength)
    }

    /// A file can be whole as a file and wrong as a model; scores of nonsense show it.
    private static func selfTest(
        _ model: Model,
        _ shape: TextModelLoading.Shape,
        _ workspaces: Pool<TransformerWorkspace>,
        folder: String,
        by team: ThreadTeam
    ) throws {
        let scores = try workspaces.withElement { workspace in
            let rows = try model.tower.encode(
                shape.selfTestInputs,
                types: nil,
                in: workspace,
                by: team
            )
            return try model.head.run(rows, by: team)
        }
        guard scores.allSatisfy(\.isFinite), Set(scores).count == scores.count else {
            throw MekikiError(
                .badData,
                "The reranker gives the same score, or none, for different texts. Its weights are "
                    + "probably damaged: fetch the model again.",
                subject: folder
            )
        }
    }
}
