import MekikiTensor

/// What both kinds of transformer layer are made of, beside their own projections.
struct LayerParts: Sendable {
    let attentionNorm: LayerNorm
    let attention: Attention
    let feedForward: any FeedForward
    private let contextNorm: LayerNorm?
    private let attentionOutput: Linear

    /// Loads the parts.
    ///
    /// - Parameters:
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - loader: What reads them.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(_ prefix: String, _ loader: LayerLoader) throws {
        let names = loader.description.names
        let shape = loader.description.shape
        attentionNorm = try loader.norm(names.attentionNorm, of: prefix)
        attention = Attention(
            heads: shape.heads,
            headWidth: shape.width / shape.heads,
            isCausal: shape.isCausal
        )
        contextNorm = try names.contextNorm.map { try loader.norm($0, of: prefix) }
        attentionOutput = try loader.attentionOutput(of: prefix)
        feedForward = try loader.feedForward(of: prefix)
    }

    /// Adds the attention's result, which the workspace's `context` holds, to a residual stream.
    func finishAttention(
        _ residual: Tensor,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        if let contextNorm { Self.normalize(workspace, contextNorm, by: team) }
        try attentionOutput.run(workspace.context.all, into: residual.all, by: team)
    }

    /// Normalises `context` in place, by way of float32, which the norm reads.
    private static func normalize(
        _ workspace: TransformerWorkspace,
        _ norm: LayerNorm,
        by team: ThreadTeam
    ) {
        let context = workspace.context
        workspace.floats.reshape(rows: context.rows, columns: context.columns)
        workspace.floats.convert(context, by: team)
        norm.run(workspace.floats.all, into: context.all, by: team)
    }
}
