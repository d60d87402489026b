import MekikiTensor

/// What both kinds of transformer layer are made of, beside their own projections.
///
/// Tensor names are those of the transformers library's CLIP.
struct LayerParts: Sendable {
    let attentionNorm: LayerNorm
    let attention: Attention
    let attentionOutput: Linear
    let perceptron: Perceptron

    /// Loads the parts.
    ///
    /// - Parameters:
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - shape: The transformer's sizes.
    ///   - computation: How the layer computes.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing computation: Computation
    ) throws {
        attentionNorm = try weights.layerNorm(
            prefix + "layer_norm1",
            width: shape.width,
            epsilon: shape.epsilon
        )
        attention = Attention(
            heads: shape.heads,
            headWidth: shape.width / shape.heads,
            isCausal: shape.isCausal
        )
        attentionOutput = try weights.linear(
            [prefix + "self_attn.out_proj"],
            inputs: shape.width,
            outputs: shape.width,
            computing: computation,
            accumulates: true
        )
        perceptron = try Perceptron(prefix, of: weights, shape: shape, computing: computation)
    }

    /// Loads projections of the attention as one product.
    ///
    /// - Parameters:
    ///   - names: Some of `q_proj`, `k_proj`, `v_proj`; their outputs stand side by side.
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - shape: The transformer's sizes.
    ///   - computation: How the product computes; it gives what it takes.
    /// - Returns: A layer from `[rows, width]` to `[rows, names.count * width]`.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    static func projection(
        _ names: [String],
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing computation: Computation
    ) throws -> Linear {
        try weights.linear(
            names.map { prefix + "self_attn." + $0 },
            inputs: shape.width,
            outputs: shape.width,
            computing: computation,
            output: computation.element
        )
    }
}
