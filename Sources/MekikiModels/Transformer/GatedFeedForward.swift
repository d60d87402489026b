import MekikiTensor

/// A hidden layer of which one half gates the other, SwiGLU, with a norm before the way back where
/// the names have one (Shazeer 2020; the norm is EVA02's).
struct GatedFeedForward: FeedForward {
    private let norm: LayerNorm
    /// Gives the gates and then the values.
    private let widen: Linear
    private let hiddenNorm: LayerNorm?
    private let narrow: Linear

    init(_ names: LayerNames, _ prefix: String, loader: LayerLoader) throws {
        norm = try loader.norm(names.feedForwardNorm, of: prefix)
        widen = try loader.linear(
            [names.gate, names.widen].compactMap(\.self),
            of: prefix,
            widens: true
        )
        hiddenNorm = try names.hiddenNorm.map {
            try loader.norm($0, of: prefix, width: loader.hiddenWidth)
        }
        narrow = try loader.linear([names.narrow], of: prefix, widens: false)
    }

    func run(_ residual: Tensor, in workspace: TransformerWorkspace, by team: ThreadTeam) throws {
        let normalized = workspace.normalized
        let hidden = workspace.hidden
        normalized.reshape(rows: residual.rows, columns: residual.columns, isSpaced: true)
        workspace.floats.reshape(rows: residual.rows, columns: widen.outputs)
        hidden.reshape(rows: residual.rows, columns: narrow.inputs, isSpaced: true)
        norm.run(residual.all, into: normalized.all, by: team)
        try widen.run(normalized.all, into: workspace.floats.all, by: team)
        if let hiddenNorm {
            // float32 until the norm, which reads nothing else.
            workspace.gatedFloats.reshape(rows: residual.rows, columns: narrow.inputs)
            GatedActivation.silu.run(
                workspace.floats.all,
                into: workspace.gatedFloats.all,
                by: team
            )
            hiddenNorm.run(workspace.gatedFloats.all, into: hidden.all, by: team)
        } else {
            GatedActivation.silu.run(workspace.floats.all, into: hidden.all, by: team)
        }
        try narrow.run(hidden.all, into: residual.all, by: team)
    }
}
