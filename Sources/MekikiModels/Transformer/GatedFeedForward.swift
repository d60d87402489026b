import MekikiTensor

/// A hidden layer of which one half gates the other, SwiGLU, with a norm before the way back
/// (Shazeer 2020; the norm is EVA02's).
struct GatedFeedForward: FeedForward {
    private let norm: LayerNorm
    /// Gives the gates and then the values.
    private let widen: Linear
    private let gate: GatedActivation
    private let hiddenNorm: LayerNorm?
    private let narrow: Linear
    private let element: ElementType

    init(_ names: LayerNames, _ prefix: String, loader: LayerLoader) throws {
        norm = try loader.norm(names.feedForwardNorm, of: prefix)
        widen = try loader.linear(
            [names.gate, names.widen].compactMap(\.self),
            of: prefix,
            widens: true
        )
        gate = GatedActivation(.silu)
        hiddenNorm = try names.hiddenNorm.map {
            try loader.norm($0, of: prefix, width: loader.hiddenWidth)
        }
        narrow = try loader.linear([names.narrow], of: prefix, widens: false)
        element = loader.computation.element
    }

    func run(_ residual: Tensor, in workspace: TransformerWorkspace, by team: ThreadTeam) throws {
        let normalized = workspace.normalized
        normalized.reshape(rows: residual.rows, columns: residual.columns, isSpaced: true)
        workspace.floats.reshape(rows: residual.rows, columns: widen.outputs)
        workspace.gated.reshape(rows: residual.rows, columns: narrow.inputs)
        workspace.hidden.reshape(rows: residual.rows, columns: narrow.inputs, isSpaced: true)
        norm.run(residual.all, into: normalized.all, by: team)
        try widen.run(normalized.all, into: workspace.floats.all, by: team)
        // float32 until the norm, which reads nothing else.
        gate.run(workspace.floats.all, into: workspace.gated.all, by: team)
        hiddenNorm?.run(workspace.gated.all, into: workspace.hidden.all, by: team)
        try narrow.run(workspace.hidden.all, into: residual.all, by: team)
    }
}
