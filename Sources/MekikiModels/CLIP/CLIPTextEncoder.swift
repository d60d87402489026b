import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// A CLIP model's text side as an encoder of words.
///
/// The weights and the tokenizer are loaded by the first text.
public final class CLIPTextEncoder: TextEncoder {
    /// The space that both encoders of the model share.
    public let space: VectorSpace

    /// Texts that one thread works on at once.
    private static let chunk = 32

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
        tokenizer = LoadedOnce { try TokenizerFolder.load(weights.folder) }
        let workspaces = Pool { TransformerWorkspace(element) }
        self.workspaces = workspaces
        tower = LoadedOnce {
            let tower = try CLIPTextTower(configuration, weights: weights, computing: element)
            try SelfTest.run(tower: "text", subject: weights.folder.path) {
                try workspaces.withElement {
                    try tower.encode(CLIPTextTower.selfTestInputs(configuration.text), in: $0)
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
        try await workers.mapChunks(texts, largest: Self.chunk) { chunk in
            let tokenizer = try self.tokenizer.get()
            return try self.run(chunk.map { tokenizer.encode($0, limit: self.maximumLength) })
        }
    }

    /// Encodes texts that are tokenized already.
    ///
    /// - Parameter texts: Ids with their start and end tokens, padded or not.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` with code `badData` when ids do not fit the model, and when the model
    ///   can't be loaded.
    public func encode(tokens texts: [[Int32]]) async throws -> [Embedding] {
        try await workers.mapChunks(texts, largest: Self.chunk) { try self.run($0) }
    }

    private func run(_ texts: [[Int32]]) throws -> [Embedding] {
        let tower = try tower.get()
        return try workspaces.withElement { try tower.encode(texts, in: $0) }
    }
}
