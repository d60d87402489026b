import MekikiTensor

/// What both kinds of BERT layer are made of, beside their own projections: what follows attention.
///
/// Post-norm: each sum is normalised, and the normalised rows are what the next step adds to.
struct BERTLayerParts: Sendable {
    let attention: Attention
    private let attentionOutput: Linear
    private let attentionNorm: LayerNorm
    private let widen: Linear
    private let narrow: Linear
    private let outputNorm: LayerNorm

    /// Loads the parts.
    ///
    /// - Parameters:
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - configuration: The sizes.
    ///   - computation: How the layer computes.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        _ configuration: BERTConfiguration,
        computing computation: Computation
    ) throws {
        let width = configuration.width
        attention = Attention(
            heads: configuration.heads,
            headWidth: width / configuration.heads,
            isCausal: false
        )
        attentionOutput = try weights.linear(
            [prefix + "attention.output.dense"],
            inputs: width,
            outputs: width,
            computing: computation,
            accumulates: true
        )
        attentionNorm = try weights.layerNorm(
            prefix + "attention.output.LayerNorm",
            width: width,
            epsilon: configuration.epsilon
        )
        widen = try weights.linear(
            [prefix + "intermediate.dense"],
            inputs: width,
            outputs: configuration.hiddenWidth,
            computing: computation,
            output: computation.element,
            activation: configuration.activation
        )
        narrow = try weights.linear(
            [prefix + "output.dense"],
            inputs: configuration.hiddenWidth,
            outputs: width,
            computing: computation,
            accumulates: true
        )
        outputNorm = try weights.layerNorm(
            prefix + "output.LayerNorm",
            width: width,
            epsilon: configuration.epsilon
        )
    }

    /// Loads projections of the attention as one product.
    ///
    /// - Parameters:
    ///   - names: Some of `query`, `key`, `value`; their outputs stand side by side.
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - configuration: The sizes.
    ///   - computation: How the product computes; it gives what it takes.
    /// - Returns: A layer from `[rows, width]` to `[rows, names.count * width]`.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    static func projection(
        _ names: [String],
        _ prefix: String,
        of weights: Weights,
        _ configuration: BERTConfiguration,
        computing computation: Computation
    ) throws -> Linear {
        try weights.linear(
            names.map { prefix + "attention.self." + $0 },
            inputs: configuration.width,
            outputs: configuration.width,
            computing: computation,
            output: computation.element
        )
    }

    /// Does what follows attention.
    ///
    /// - Parameters:
    ///   - context: What attention gave, `[rows, width]`.
    ///   - residual: The layer's input, and then its output, `[rows, width]` in float32.
    ///   - normalized: The same for products, `[rows, width]`.
    ///   - hidden: The hidden layer's memory.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func finish(
        _ context: Tensor,
        residual: Tensor,
        normalized: Tensor,
        hidden: Tensor,
        by team: ThreadTeam
    ) throws {
        hidden.reshape(rows: residual.rows, columns: widen.outputs, isSpaced: true)
        try attentionOutput.run(context.all, into: residual.all, by: team)
        attentionNorm.run(inPlace: residual.all, copying: normalized.all, by: team)
        try widen.run(normalized.all, into: hidden.all, by: team)
        try narrow.run(hidden.all, into: residual.all, by: team)
        outputNorm.run(inPlace: residual.all, copying: normalized.all, by: team)
    }
}
