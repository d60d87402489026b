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
    ///   - computation: How the layer computes.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing computation: Computation
    ) throws {
        parts = try LayerParts(prefix, of: weights, shape: shape, computing: computation)
        // One product instead of three.
        projection = try LayerParts.projection(
            ["q_proj", "k_proj", "v_proj"],
            prefix,
            of: weights,
            shape: shape,
            computing: computation
        )
    }

    /// Runs the layer over the residual stream.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Holds the stream.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(
        _ sequences: [Range<Int>],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        let rows = workspace.residual.rows
        let width = workspace.residual.columns
        workspace.normalized.reshape(rows: rows, columns: width, isSpaced: true)
        workspace.projected.reshape(rows: rows, columns: 3 * width)
        workspace.context.reshape(rows: rows, columns: width, isSpaced: true)

        parts.attentionNorm.run(workspace.residual.all, into: workspace.normalized.all, by: team)
        try projection.run(workspace.normalized.all, into: workspace.projected.all, by: team)
        parts.attention.run(
            sequences,
            query: workspace.projected.slice(rows: 0..<rows, columns: 0..<width),
            key: workspace.projected.slice(rows: 0..<rows, columns: width..<2 * width),
            value: workspace.projected.slice(rows: 0..<rows, columns: 2 * width..<3 * width),
            into: workspace.context.all,
            scratch: workspace.scratch(for: team),
            by: team
        )
        try parts.attentionOutput.run(
            workspace.context.all,
            into: workspace.residual.all,
            by: team
        )
        try parts.perceptron.run(
            workspace.residual,
            normalized: workspace.normalized,
            hidden: workspace.hidden,
            by: team
        )
    }
}
