import MekikiCore
import MekikiTensor

/// A model's text tower as an encoder of words.
///
/// The weights and the tokenizer are loaded by the first text.
public final class TowerTextEncoder: TextEncoder {
    /// The space that both encoders of the model share.
    public let space: VectorSpace

    /// The longest text in tokens, start and end included.
    public let maximumLength: Int

    private typealias Tokenize = @Sendable (_ text: String, _ limit: Int) -> [Int32]

    private let tokenizer: LoadedOnce<Tokenize>
    private let tower: LoadedOnce<any PairedTextTower>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    init(
        space: VectorSpace,
        description: any PairedTextTowerDescription,
        tokenization: Tokenization,
        weights: Weights,
        computing element: ElementType,
        workers: WorkerThreads
    ) {
        self.space = space
        self.workers = workers
        maximumLength = description.maximumLength
        tokenizer = LoadedOnce { _ in try tokenization.load() }
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce { team in
            let tower = try description.load(
                weights,
                dimension: space.dimension,
                computing: element,
                by: team
            )
            try SelfTest.run(tower: "text", subject: weights.folder.path) {
                try workspaces.withElement {
                    try tower.encode(description.selfTestInputs, in: $0, by: team)
                }
            }
            return tower
        }
    }

    /// Encodes texts, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows; longer ones are cut before their
    ///   end token.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded or memory does not suffice.
    public func encode(_ texts: [String]) async throws -> [Embedding] {
        let tokens = try await workers.run { try texts.map(self.tokenize) }
        return try await encode(tokens: tokens)
    }

    /// Encodes texts that are tokenized already.
    ///
    /// - Parameter texts: Ids with their start and end tokens, padded or not; a model that reads its
    ///   padding wants them padded.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` with code `badData` when ids do not fit the model, and when the model
    ///   can't be loaded.
    public func encode(tokens texts: [[Int32]]) async throws -> [Embedding] {
        try await load()
        // Padded texts count as longer than they are, which only divides them less evenly.
        let lengths = texts.map(\.count)
        return try await workers.mapBatch(texts, lengths: lengths) { texts, team in
            let tower = try self.tower.get(by: team)
            return try self.workspaces.withElement { try tower.encode(texts, in: $0, by: team) }
        }
    }

    /// Splits a text into the ids that the tower gets; loads the tokenizer when none was split yet.
    ///
    /// - Parameter text: Any text.
    /// - Returns: Ids, start and end tokens and the model's padding included.
    /// - Throws: `MekikiError` when the tokenizer's files are missing or damaged.
    public func tokenize(_ text: String) throws -> [Int32] {
        try tokenizer.get()(text, maximumLength)
    }

    /// Loads the tower with all threads, so that no batch is loaded for by one while others wait.
    private func load() async throws {
        guard !tower.isLoaded else { return }
        try await workers.runTogether { _ = try self.tower.get(by: $0) }
    }
}
