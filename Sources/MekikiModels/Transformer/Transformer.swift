import MekikiTensor

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
    ///   - element: What matrix products take.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing element: ElementType
    ) throws {
        layers = try (0..<shape.layers - 1).map {
            try TransformerLayer("\(prefix)\($0).", of: weights, shape: shape, computing: element)
        }
        last = try PoolingLayer(
            "\(prefix)\(shape.layers - 1).",
            of: weights,
            shape: shape,
            computing: element
        )
    }

    /// Runs all layers over the workspace's residual stream; its `pooled` takes the result.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - pooled: The row of each sequence whose result is wanted; in a causal transformer the
    ///     sequence's last.
    ///   - workspace: Holds the residual stream, `[tokens, width]`.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(
        _ sequences: [Range<Int>],
        pooling pooled: [Int],
        in workspace: TransformerWorkspace
    ) throws {
        for layer in layers {
            try layer.run(sequences, in: workspace)
        }
        try last.run(sequences, pooling: pooled, in: workspace)
    }
}
