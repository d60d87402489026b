import MekikiTensor
import Synchronization

/// A pre-norm transformer from which one token of each sequence is read.
struct Transformer: Sendable {
    private let layers: [TransformerLayer]
    private let last: PoolingLayer

    /// Loads all layers.
    ///
    /// - Parameters:
    ///   - prefix: What the layers' tensor names begin with, before their number.
    ///   - weights: The checkpoint.
    ///   - shape: The sizes.
    ///   - computation: How the layers compute.
    ///   - team: The threads that share the loading.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing computation: Computation,
        by team: ThreadTeam
    ) throws {
        let loaded = Mutex<(layers: [Int: TransformerLayer], last: PoolingLayer?)>(([:], nil))
        try team.tryForEach(shape.layers) { index, _ in
            let name = "\(prefix)\(index)."
            if index < shape.layers - 1 {
                let layer = try TransformerLayer(
                    name,
                    of: weights,
                    shape: shape,
                    computing: computation
                )
                loaded.withLock { $0.layers[index] = layer }
            } else {
                let layer = try PoolingLayer(
                    name,
                    of: weights,
                    shape: shape,
                    computing: computation
                )
                loaded.withLock { $0.last = layer }
            }
        }
        let (layers, last) = loaded.withLock { $0 }
        guard let last else { preconditionFailure("A transformer has a last layer.") }
        self.layers = layers.sorted { $0.key < $1.key }.map(\.value)
        self.last = last
    }

    /// Runs all layers over the workspace's residual stream; its `pooled` takes the result.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - pooled: The row of each sequence whose result is wanted; in a causal transformer the
    ///     sequence's last.
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
        try last.run(sequences, pooling: pooled, in: workspace, by: team)
    }
}
