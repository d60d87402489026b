import MekikiTensor

/// One pre-norm transformer layer: attention, then a feed-forward half, each added to the residual
/// stream.
struct TransformerLayer: Sendable {
    private let parts: LayerParts
    private let projection: Linear
    private let rotary: RotaryEmbedding?

    /// Loads a layer.
    ///
    /// - Parameters:
    ///   - prefix: What its tensors' names begin with, ending in a dot.
    ///   - loader: What reads them.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(_ prefix: String, _ loader: LayerLoader) throws {
        parts = try LayerParts(prefix, loader)
        // One product instead of three.
        projection = try loader.projection([.query, .key, .value], of: prefix)
        rotary = loader.description.rotary
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
        let query = workspace.projected.slice(rows: 0..<rows, columns: 0..<width)
        let key = workspace.projected.slice(rows: 0..<rows, columns: width..<2 * width)
        // Queries and keys stand side by side, and their heads are alike.
        rotary?.run(
            sequences,
            on: workspace.projected.slice(rows: 0..<rows, columns: 0..<2 * width),
            by: team
        )
        parts.attention.run(
            sequences,
            query: query,
            key: key,
            value: workspace.projected.slice(rows: 0..<rows, columns: 2 * width..<3 * width),
            into: workspace.context.all,
            scratch: workspace.scratch(for: team),
            by: team
        )
        try parts.finishAttention(workspace.residual, in: workspace, by: team)
        try parts.feedForward.run(workspace.residual, in: workspace, by: team)
    }
}
