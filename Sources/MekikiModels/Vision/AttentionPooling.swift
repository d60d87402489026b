import MekikiTensor

/// Reads all tokens of a sequence through one learned query: SigLIP's head (Zhai and others 2022,
/// "Scaling Vision Transformers", appendix B).
struct AttentionPooling: Sendable {
    private let attention: Attention
    private let keyValueProjection: Linear
    private let attentionOutput: Linear
    private let feedForward: any FeedForward
    /// The learned query after its projection, which never changes.
    private let query: [Float]

    init(
        _ names: AttentionPoolingNames,
        shape: TransformerShape,
        of weights: Weights,
        computing computation: Computation
    ) throws {
        var shape = shape
        shape.hiddenWidth = names.hiddenWidth
        let loader = LayerLoader(
            weights: weights,
            description: TransformerDescription(
                shape: shape,
                prefix: names.prefix,
                names: names.names
            ),
            computation: computation
        )
        attention = Attention(
            heads: shape.heads,
            headWidth: shape.width / shape.heads,
            isCausal: false
        )
        keyValueProjection = try loader.projection([.key, .value], of: names.prefix)
        attentionOutput = try loader.attentionOutput(of: names.prefix, accumulates: false)
        feedForward = try loader.feedForward(of: names.prefix)

        let probe = Tensor(
            try weights.floats(names.probe, unbatched: [1, shape.width]),
            as: computation.element,
            columns: shape.width
        )
        let projected = Tensor(computation.element, rows: 1, columns: shape.width)
        try loader.projection([.query], of: names.prefix).run(probe.all, into: projected.all)
        query = projected.values
    }

    /// Reads normalised tokens.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Its `normalized` holds the tokens; its `pooled` takes the results.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when a product fails.
    func run(
        _ sequences: [Range<Int>],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        let rows = workspace.normalized.rows
        let width = workspace.normalized.columns
        workspace.projected.reshape(rows: rows, columns: 2 * width)
        workspace.context.reshape(rows: sequences.count, columns: width)
        workspace.pooled.reshape(rows: sequences.count, columns: width)
        workspace.pooledQuery.reshape(rows: sequences.count, columns: width)
        for index in sequences.indices {
            _ = workspace.pooled.rows(index..<index + 1).floats.update(fromContentsOf: query)
        }
        workspace.pooledQuery.convert(workspace.pooled)
        try keyValueProjection.run(
            workspace.normalized.all,
            into: workspace.projected.all,
            by: team
        )
        attention.run(
            sequences,
            query: workspace.pooledQuery.all,
            key: workspace.projected.slice(rows: 0..<rows, columns: 0..<width),
            value: workspace.projected.slice(rows: 0..<rows, columns: width..<2 * width),
            into: workspace.context.all,
            queryRows: sequences.indices.map { $0..<$0 + 1 },
            scratch: workspace.scratch(for: team),
            by: team
        )
        // The query has no residual connection.
        try attentionOutput.run(workspace.context.all, into: workspace.pooled.all, by: team)
        try feedForward.run(workspace.pooled, in: workspace, by: team)
    }
}
