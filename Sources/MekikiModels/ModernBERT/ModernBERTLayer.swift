import MekikiTensor

/// One pre-norm transformer layer with rotary positions and a gated hidden layer.
struct ModernBERTLayer: Sendable {
    private let parts: ModernBERTLayerParts
    private let projection: Linear

    /// Loads a layer; the parameters are those of `ModernBERTLayerParts`.
    init(
        _ index: Int,
        _ prefix: String,
        of weights: Weights,
        _ configuration: ModernBERTConfiguration,
        rotary: RotaryEmbedding,
        computing computation: Computation
    ) throws {
        parts = try ModernBERTLayerParts(
            index,
            prefix,
            of: weights,
            configuration,
            rotary: rotary,
            computing: computation
        )
        projection = try weights.linear(
            [prefix + "attn.Wqkv"],
            inputs: configuration.width,
            outputs: 3 * configuration.width,
            hasBias: configuration.attentionHasBias,
            computing: computation,
            output: computation.element
        )
    }

    /// Runs the layer over the workspace's residual stream.
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
        parts.normalize(in: workspace, by: team)
        workspace.projected.reshape(rows: rows, columns: 3 * width)
        workspace.context.reshape(rows: rows, columns: width, isSpaced: true)
        try projection.run(workspace.normalized.all, into: workspace.projected.all, by: team)
        let projected = workspace.projected
        // Queries and keys lie side by side and turn alike.
        parts.rotary.run(
            sequences,
            on: projected.slice(rows: 0..<rows, columns: 0..<2 * width),
            by: team
        )
        parts.attention.run(
            sequences,
            query: projected.slice(rows: 0..<rows, columns: 0..<width),
            key: projected.slice(rows: 0..<rows, columns: width..<2 * width),
            value: projected.slice(rows: 0..<rows, columns: 2 * width..<3 * width),
            into: workspace.context.all,
            scratch: workspace.scratch(for: team),
            by: team
        )
        try parts.finish(
            workspace.context,
            residual: workspace.residual,
            normalized: workspace.normalized,
            in: workspace,
            by: team
        )
    }
}
