import MekikiTensor

/// One post-norm transformer layer.
struct BERTLayer: Sendable {
    private let parts: BERTLayerParts
    private let projection: Linear

    /// Loads a layer; the parameters are those of `BERTLayerParts`.
    init(
        _ prefix: String,
        of weights: Weights,
        _ configuration: BERTConfiguration,
        computing computation: Computation
    ) throws {
        parts = try BERTLayerParts(prefix, of: weights, configuration, computing: computation)
        // One product instead of three.
        projection = try BERTLayerParts.projection(
            ["query", "key", "value"],
            prefix,
            of: weights,
            configuration,
            computing: computation
        )
    }

    /// Runs the layer over the workspace's residual stream and its normalised copy.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Holds both.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(
        _ sequences: [Range<Int>],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        let rows = workspace.residual.rows
        let width = workspace.residual.columns
        workspace.projected.reshape(rows: rows, columns: 3 * width)
        workspace.context.reshape(rows: rows, columns: width, isSpaced: true)
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
        try parts.finish(
            workspace.context,
            residual: workspace.residual,
            normalized: workspace.normalized,
            hidden: workspace.hidden,
            by: team
        )
    }
}
