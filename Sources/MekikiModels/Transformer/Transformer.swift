import MekikiTensor
import Synchronization

/// A pre-norm transformer from which all tokens or one of each sequence are read.
struct Transformer: Sendable {
    private let layers: [TransformerLayer]
    /// The last layer where one token of each sequence is read.
    private let last: PoolingLayer?

    /// Loads all layers.
    ///
    /// - Parameters:
    ///   - description: The sizes and names.
    ///   - weights: The checkpoint.
    ///   - isPooled: Whether one token of each sequence is read.
    ///   - computation: How the layers compute.
    ///   - team: The threads that share the loading.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ description: TransformerDescription,
        of weights: Weights,
        isPooled: Bool,
        computing computation: Computation,
        by team: ThreadTeam
    ) throws {
        let loader = LayerLoader(
            weights: weights,
            description: description,
            computation: computation
        )
        let whole = description.shape.layers - (isPooled ? 1 : 0)
        let loaded = Mutex<(layers: [Int: TransformerLayer], last: PoolingLayer?)>(([:], nil))
        try team.tryForEach(description.shape.layers) { index, _ in
            let name = "\(description.prefix)\(index)."
            if index < whole {
                let layer = try TransformerLayer(name, loader)
                loaded.withLock { $0.layers[index] = layer }
            } else {
                let layer = try PoolingLayer(name, loader)
                loaded.withLock { $0.last = layer }
            }
        }
        let (layers, last) = loaded.withLock { $0 }
        self.layers = layers.sorted { $0.key < $1.key }.map(\.value)
        self.last = last
    }

    /// Runs all layers over the workspace's residual stream.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - pooled: The row of each sequence whose result is wanted, which goes into the workspace's
    ///     `pooled`; in a causal transformer the sequence's last. Not heeded where all tokens are
    ///     read.
    ///   - workspace: Holds the residual stream, `[tokens, width]`.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(
        _ sequences: [Range<Int>],
        pooling pooled: [Int],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        for layer in layers {
            try layer.run(sequences, in: workspace, by: team)
        }
        try last?.run(sequences, pooling: pooled, in: workspace, by: team)
    }
}
