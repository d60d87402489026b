import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// A CLIP model's text side as an encoder of words.
///
/// The weights and the tokenizer are loaded by the first text.
public final class CLIPTextEncoder: TextEncoder {
    /// The space that both encoders of the model share.
    public let space: VectorSpace

    private let maximumLength: Int
    private let tokenizer: LoadedOnce<any Tokenizer>
    private let tower: LoadedOnce<CLIPTextTower>
    private let workspaces: Pool<TransformerWorkspace>
    private let workers: WorkerThreads

    init(
        space: VectorSpace,
        configuration: CLIPConfiguration,
        weights: Weights,
        computing element: ElementType,
        workers: WorkerThreads
    ) {
        self.space = space
        self.workers = workers
        maximumLength = configuration.text.maximumLength
        tokenizer = LoadedOnce { _ in try TokenizerFolder.load(weights.folder) }
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce { team in
            let tower = try CLIPTextTower(
                configuration,
                weights: weights,
                computing: element,
                by: team
            )
            try SelfTest.run(tower: "text", subject: weights.folder.path) {
                try workspaces.withElement {
                    try tower.encode(
                        CLIPTextTower.selfTestInputs(configuration.text),
                        in: $0,
                        by: team
                    )
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
        let tokens = try await workers.run {
            let tokenizer = try self.tokenizer.get()
            return texts.map { tokenizer.encode($0, limit: self.maximumLength) }
        }
        return try await encode(tokens: tokens)
    }

    /// Encodes texts that are tokenized already.
    ///
    /// - Parameter texts: Ids with their start and end tokens, padded or not.
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

    /// Loads the tower with all threads, so that no batch is loaded for by one while others wait.
    private func load() async throws {
        guard !tower.isLoaded else { return }
        try await workers.runTogether { _ = try self.tower.get(by: $0) }
    }
}
