import MekikiTensor

/// What both kinds of ModernBERT layer are made of, beside their own projections.
///
/// Pre-norm: each half of the layer normalises the residual stream, and adds to it.
struct ModernBERTLayerParts: Sendable {
    let attention: Attention
    let rotary: RotaryEmbedding
    /// The first layer has none: the embeddings are normalised already.
    private let attentionNorm: LayerNorm?
    private let attentionOutput: Linear
    private let hiddenNorm: LayerNorm
    private let widen: Linear
    private let gate: GatedActivation
    private let narrow: Linear

    /// Loads the parts.
    ///
    /// - Parameters:
    ///   - index: The layer's number, from 0.
    ///   - prefix: What the layer's tensors' names begin with, ending in a dot.
    ///   - weights: The checkpoint.
    ///   - configuration: The sizes.
    ///   - rotary: The rotations of the layer's kind.
    ///   - computation: How the layer computes.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ index: Int,
        _ prefix: String,
        of weights: Weights,
        _ configuration: ModernBERTConfiguration,
        rotary: RotaryEmbedding,
        computing computation: Computation
    ) throws {
        let width = configuration.width
        self.rotary = rotary
        gate = configuration.activation
        attention = Attention(
            heads: configuration.heads,
            headWidth: width / configuration.heads,
            isCausal: false,
            window: configuration.layers[index] == .local ? configuration.window : nil
        )
        func norm(_ name: String) throws -> LayerNorm {
            try weights.layerNorm(
                prefix + name,
                width: width,
                epsilon: configuration.epsilon,
                hasBias: configuration.normsHaveBias
            )
        }
        attentionNorm = index == 0 ? nil : try norm("attn_norm")
        hiddenNorm = try norm("mlp_norm")
        attentionOutput = try weights.linear(
            [prefix + "attn.Wo"],
            inputs: width,
            outputs: width,
            hasBias: configuration.attentionHasBias,
            computing: computation,
            accumulates: true
        )
        widen = try weights.linear(
            [prefix + "mlp.Wi"],
            inputs: width,
            outputs: 2 * configuration.hiddenWidth,
            hasBias: configuration.hiddenHasBias,
            computing: computation,
            output: computation.element
        )
        narrow = try weights.linear(
            [prefix + "mlp.Wo"],
            inputs: configuration.hiddenWidth,
            outputs: width,
            hasBias: configuration.hiddenHasBias,
            computing: computation,
            accumulates: true
        )
    }

    /// Writes the rows that the layer's attention reads into the workspace's `normalized`, where the
    /// embeddings lie already in the first layer.
    func normalize(in workspace: TransformerWorkspace, by team: ThreadTeam) {
        guard let attentionNorm else { return }
        workspace.normalized.reshape(
            rows: workspace.residual.rows,
            columns: workspace.residual.columns,
            isSpaced: true
        )
        attentionNorm.run(workspace.residual.all, into: workspace.normalized.all, by: team)
    }

    /// Does what follows attention.
    ///
    /// - Parameters:
    ///   - context: What attention gave, `[rows, width]`.
    ///   - residual: The residual stream, `[rows, width]`.
    ///   - normalized: Memory for its normalised rows.
    ///   - workspace: Has the hidden layer's memory.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` when oneDNN fails.
    func finish(
        _ context: Tensor,
        residual: Tensor,
        normalized: Tensor,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws {
        let rows = residual.rows
        normalized.reshape(rows: rows, columns: residual.columns, isSpaced: true)
        workspace.hidden.reshape(rows: rows, columns: widen.outputs)
        workspace.gated.reshape(rows: rows, columns: narrow.inputs, isSpaced: true)
        try attentionOutput.run(context.all, into: residual.all, by: team)
        hiddenNorm.run(residual.all, into: normalized.all, by: team)
        try widen.run(normalized.all, into: workspace.hidden.all, by: team)
        gate.run(workspace.hidden.all, into: workspace.gated.all, by: team)
        try narrow.run(workspace.gated.all, into: residual.all, by: team)
    }
}
