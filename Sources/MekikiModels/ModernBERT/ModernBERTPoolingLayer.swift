import MekikiTensor

/// The last layer, computed for the first token of each text: nothing reads the others' results, so
/// they get keys and values and no more.
struct ModernBERTPoolingLayer: Sendable {
    private let parts: ModernBERTLayerParts
    private let queryProjection: Linear
    private let keyValueProjection: Linear

    /// Loads a layer; the parameters are those of `ModernBERTLayerParts`.
    init(
        _ index: Int,
        _ prefix: String,
        of weights: Weights,
        _ configuration: ModernBERTConfiguration,
        rotary: RotaryEmbedding,
        computing computation: Computation
    ) throws {
        let width = configuration.width
        parts = try ModernBERTLayerParts(
            index,
            prefix,
            of: weights,
            configuration,
            rotary: rotary,
            computing: computation
        )
        // The rows of one tensor: queries, keys, values.
        let name = prefix + "attn.Wqkv"
        func projection(_ rows: Range<Int>) throws -> Linear {
            let bias =
                configuration.attentionHasBias
                ? Array(try weights.floats(name + ".bias", shape: [3 * width])[rows]) : nil
            let all = try weights.matrix([name + ".weight"], shape: [3 * width, width])
            return try Linear(
                weights: all.rows(rows),
                bias: bias,
                computing: computation.element,
                output: computation.element,
                memory: computation.memory
            )
        }
        queryProjection = try projection(0..<width)
        keyValueProjection = try projection(width..<3 * width)
    }

    /// Runs the layer; the workspace's `pooled` takes the result.
    ///
    /// - Parameters:
    ///   - sequences: The rows of each sequence.
    ///   - workspace: Holds the residual stream.
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
        workspace.takeFirstTokens(of: sequences)
        workspace.projected.reshape(rows: rows, columns: 2 * width)
        workspace.context.reshape(rows: sequences.count, columns: width, isSpaced: true)
        workspace.pooledQuery.reshape(rows: sequences.count, columns: width)
        let projected = workspace.projected
        try keyValueProjection.run(workspace.normalized.all, into: projected.all, by: team)
        try queryProjection.run(
            workspace.pooledNormalized.all,
            into: workspace.pooledQuery.all,
            by: team
        )
        // The queries stand at position 0, which turns by no angle.
        let keys = projected.slice(rows: 0..<rows, columns: 0..<width)
        parts.rotary.run(sequences, on: keys, by: team)
        parts.attention.run(
            sequences,
            query: workspace.pooledQuery.all,
            key: keys,
            value: projected.slice(rows: 0..<rows, columns: width..<2 * width),
            into: workspace.context.all,
            queryRows: sequences.indices.map { $0..<$0 + 1 },
            queryPlaces: sequences.map { _ in 0 },
            scratch: workspace.scratch(for: team),
            by: team
        )
        try parts.finish(
            workspace.context,
            residual: workspace.pooled,
            normalized: workspace.pooledNormalized,
            in: workspace,
            by: team
        )
    }
}
