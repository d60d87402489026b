import MekikiTensor

/// One pre-norm transformer layer: attention, then a perceptron, each added to the residual stream.
///
/// Tensor names are those of the transformers library's CLIP.
struct TransformerLayer: Sendable {
    private let attentionNorm: LayerNorm
    private let projection: Linear
    private let attention: Attention
    private let attentionOutput: Linear
    private let perceptron: Perceptron

    /// Loads a layer.
    ///
    /// - Parameters:
    ///   - prefix: What its tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - shape: The transformer's sizes.
    ///   - element: What matrix products take.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing element: ElementType
    ) throws {
        attentionNorm = try weights.layerNorm(
            prefix + "layer_norm1",
            width: shape.width,
            epsilon: shape.epsilon
        )
        // One product instead of three.
        projection = try weights.linear(
            ["q_proj", "k_proj", "v_proj"].map { prefix + "self_attn." + $0 },
            inputs: shape.width,
            outputs: shape.width,
            computing: element,
            output: element
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
            computing: element,
            accumulates: true
        )
        perceptron = try Perceptron(prefix, of: weights, shape: shape, computing: element)
    }

    /// Runs the layer over the residual stream.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Holds the stream.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(_ sequences: [Range<Int>], in workspace: TransformerWorkspace) throws {
        let rows = workspace.residual.rows
        let width = workspace.residual.columns
        workspace.normalized.reshape(rows: rows, columns: width)
        workspace.projected.reshape(rows: rows, columns: 3 * width)
        workspace.context.reshape(rows: rows, columns: width)

        attentionNorm.run(workspace.residual.all, into: workspace.normalized.all)
        try projection.run(workspace.normalized.all, into: workspace.projected.all)
        for sequence in sequences {
            let projected = workspace.projected
            attention.run(
                query: projected.slice(rows: sequence, columns: 0..<width),
                key: projected.slice(rows: sequence, columns: width..<2 * width),
                value: projected.slice(rows: sequence, columns: 2 * width..<3 * width),
                into: workspace.context.rows(sequence),
                scratch: workspace.scratch
            )
        }
        try attentionOutput.run(workspace.context.all, into: workspace.residual.all)
        try perceptron.run(
            workspace.residual,
            normalized: workspace.normalized,
            hidden: workspace.hidden
        )
    }
}
