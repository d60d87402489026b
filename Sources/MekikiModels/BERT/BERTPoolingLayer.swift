import MekikiTensor

/// The last layer, computed for the first token of each text: nothing reads the others' results, so
/// they get keys and values and no more.
struct BERTPoolingLayer: Sendable {
    private let parts: BERTLayerParts
    private let queryProjection: Linear
    private let keyValueProjection: Linear

    /// Loads a layer; the parameters are those of `BERTLayerParts`.
    init(
        _ prefix: String,
        of weights: Weights,
        _ configuration: BERTConfiguration,
        computing computation: Computation
    ) throws {
        parts = try BERTLayerParts(prefix, of: weights, configuration, computing: computation)
        queryProjection = try BERTLayerParts.projection(
            ["query"],
            prefix,
            of: weights,
            configuration,
            computing: computation
        )
        keyValueProjection = try BERTLayerParts.projection(
            ["key", "value"],
            prefix,
            of: weights,
            configuration,
            computing: computation
        )
    }

    /// Runs the layer; the workspace's `pooled` takes the result.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Holds the residual stream and its normalised copy.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func run(
        _ sequences: [Range<Int>],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        let rows = workspace.residual.rows
        let width = workspace.residual.columns
        workspace.projected.reshape(rows: rows, columns: 2 * width)
        workspace.context.reshape(rows: sequences.count, columns: width, isSpaced: true)
        workspace.pooledQuery.reshape(rows: sequences.count, columns: width)
        workspace.takeFirstTokens(of: sequences)
        try keyValueProjection.run(
            workspace.normalized.all,
            into: workspace.projected.all,
            by: team
        )
        try queryProjection.run(
            workspace.pooledNormalized.all,
            into: workspace.pooledQuery.all,
            by: team
        )
        parts.attention.run(
            sequences,
            query: workspace.pooledQuery.all,
            key: workspace.projected.slice(rows: 0..<rows, columns: 0..<width),
            value: workspace.projected.slice(rows: 0..<rows, columns: width..<2 * width),
            into: workspace.context.all,
            queryRows: sequences.indices.map { $0..<$0 + 1 },
            scratch: workspace.scratch(for: team),
            by: team
        )
        try parts.finish(
            workspace.context,
            residual: workspace.pooled,
            normalized: workspace.pooledNormalized,
            hidden: workspace.hidden,
            by: team
        )
    }
}
