import MekikiTensor

/// One pre-norm transformer layer: attention, then a perceptron, each added to the residual stream.
///
/// Tensor names are those of the transformers library's CLIP.
struct TransformerLayer: Sendable {
    private let parts: LayerParts
    private let projection: Linear

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
        parts = try LayerParts(prefix, of: weights, shape: shape, computing: element)
        // One product instead of three.
        projection = try LayerParts.projection(
            ["q_proj", "k_proj", "v_proj"],
            prefix,
            of: weights,
            shape: shape,
            computing: element
        )
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

        parts.attentionNorm.run(workspace.residual.all, into: workspace.normalized.all)
        try projection.run(workspace.normalized.all, into: workspace.projected.all)
        for sequence in sequences {
            let projected = workspace.projected
            parts.attention.run(
                query: projected.slice(rows: sequence, columns: 0..<width),
                key: projected.slice(rows: sequence, columns: width..<2 * width),
                value: projected.slice(rows: sequence, columns: 2 * width..<3 * width),
                into: workspace.context.rows(sequence),
                scratch: workspace.scratch
            )
        }
        try parts.attentionOutput.run(workspace.context.all, into: workspace.residual.all)
        try parts.perceptron.run(
            workspace.residual,
            normalized: workspace.normalized,
            hidden: workspace.hidden
        )
    }
}
