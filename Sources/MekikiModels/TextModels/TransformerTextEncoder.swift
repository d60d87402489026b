import Foundation
import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// A text model as an encoder of words: a transformer, pooling, and what the folder puts behind them.
///
/// Opening reads configurations only; the weights and the tokenizer are loaded by the first text.
public final class TransformerTextEncoder: TextEncoder {
    /// The space of the vectors.
    public let space: VectorSpace

    /// The longest text in tokens, prompt, start and end included; what is longer is cut.
    public let textLength: Int

    /// The longest text that is read whole, in tokens.
    public var maximumLength: Int { textLength }

    /// What matrix products compute in.
    public let element: ElementType

    private let prompts: TextPrompts
    private let tokenizer: LoadedOnce<any Tokenizer>
    private let tower: LoadedOnce<Tower>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    /// What a text's row goes through behind the pooling.
    private enum Step: Sendable {
        case dense(DenseStep)
        case normalization
    }

    private struct Tower: Sendable {
        var transformer: any TextTower
        var steps: [Step]
        /// Components that are kept.
        var dimension: Int

        func encode(
            _ texts: [[Int32]],
            in workspace: TransformerWorkspace,
            by team: ThreadTeam
        ) throws -> [Embedding] {
            var rows = try transformer.encode(texts, types: nil, in: workspace, by: team)
            for step in steps {
                switch step {
                case .dense(let dense): rows = try dense.run(rows, by: team)
                case .normalization: try TransformerTextEncoder.normalize(rows)
                }
            }
            return try (0..<rows.rows).map { row in
                let values = rows.slice(rows: row..<row + 1, columns: 0..<rows.columns).floats
                return try Embedding(normalizing: Array(values.prefix(dimension)))
            }
        }
    }

    /// Opens a model.
    ///
    /// - Parameters:
    ///   - folder: The model's files.
    ///   - name: What the model is called in its vector space; the prompts of models whose files
    ///     name none are known by it.
    ///   - precision: What matrix products shall compute in.
    ///   - maximumLength: The longest text in tokens, where it shall be shorter than the model's own.
    ///   - workers: The threads that do all work.
    /// - Throws: `MekikiError` when a file is missing, damaged or of a kind that is not supported,
    ///   or when the processor lacks the precision.
    public init(
        folder: TextModelFolder,
        name: String,
        precision: ComputePrecision = .automatic,
        maximumLength: Int? = nil,
        workers: WorkerThreads
    ) throws {
        try folder.require(.encoder)
        self.workers = workers
        let element = try precision.resolved()
        self.element = element
        let shape = try TextModelLoading.Shape(folder)
        let length = try TextModelLoading.length(folder, shape, wanted: maximumLength)
        textLength = length
        prompts = try folder.prompts(name: name)
        let layout = try TextStepsLayout(folder, width: shape.width)
        let wanted = try folder.sentenceTransformersFile()?.dimension ?? layout.dimension
        let dimension = max(1, min(wanted, layout.dimension))
        space = VectorSpace(model: name, revision: try folder.revision(), dimension: dimension)
        let options = TokenizerOptions(lowercases: try folder.lowercases() ? true : nil)
        let transformer = folder.transformer
        tokenizer = LoadedOnce { _ in try TokenizerFolder.load(transformer, options: options) }
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce { team in
            let tower = Tower(
                transformer: try shape.tower(
                    Weights(folder: transformer),
                    pooling: layout.pooling == .mean ? .mean : .first,
                    longestText: length,
                    computing: element,
                    by: team
                ),
                steps: try layout.steps.map { step in
                    switch step {
                    case .dense(let shape, let folder):
                        .dense(try DenseStep(shape, folder: folder))
                    case .normalization: .normalization
                    }
                },
                dimension: dimension
            )
            try SelfTest.run(tower: "text", subject: folder.url.path) {
                try workspaces.withElement {
                    try tower.encode(shape.selfTestInputs, in: $0, by: team)
                }
            }
            return tower
        }
    }

    /// Encodes queries, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows; longer ones are cut.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(_ texts: [String]) async throws -> [Embedding] {
        try await encode(texts, as: .query)
    }

    /// Encodes texts, in the order given, behind the prompt that goes with their use.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows; longer ones are cut.
    ///   - use: Whether they are queries or documents.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(_ texts: [String], as use: TextUse) async throws -> [Embedding] {
        let tokens = try await workers.run { try texts.map { try self.tokenize($0, as: use) } }
        return try await encode(tokens: tokens)
    }

    /// Encodes texts that are tokenized already.
    ///
    /// - Parameter texts: Ids with their start and end tokens, without padding.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` with code `badData` when ids do not fit the model, and when the model
    ///   can't be loaded.
    public func encode(tokens texts: [[Int32]]) async throws -> [Embedding] {
        if !tower.isLoaded {
            // With all threads, so that no batch is loaded for by one while others wait.
            try await workers.runTogether { _ = try self.tower.get(by: $0) }
        }
        return try await workers.mapBatch(texts, lengths: texts.map(\.count)) { texts, team in
            let tower = try self.tower.get(by: team)
            return try self.workspaces.withElement { try tower.encode(texts, in: $0, by: team) }
        }
    }

    /// The ids that the transformer gets for a text.
    ///
    /// - Parameters:
    ///   - text: Any text.
    ///   - use: Whether it is a query or a document.
    /// - Returns: Ids, shape `[tokens]`, with the prompt's, the start and the end token.
    /// - Throws: `MekikiError` when the tokenizer can't be loaded.
    public func tokenize(_ text: String, as use: TextUse = .query) throws -> [Int32] {
        try tokenizer.get().encode(prompts[use] + text, limit: textLength)
    }

    private static func normalize(_ rows: TensorSlice) throws {
        for row in 0..<rows.rows {
            let values = rows.slice(rows: row..<row + 1, columns: 0..<rows.columns).floats
            let unit = try Embedding(normalizing: Array(values))
            _ = values.update(fromContentsOf: unit.values)
        }
    }
}
