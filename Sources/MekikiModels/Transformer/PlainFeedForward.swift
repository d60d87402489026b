import MekikiTensor

/// A hidden layer with an activation.
struct PlainFeedForward: FeedForward {
    private let norm: LayerNorm
    private let widen: Linear
    private let narrow: Linear

    init(_ names: LayerNames, _ prefix: String, loader: LayerLoader) throws {
        norm = try loader.norm(names.feedForwardNorm, of: prefix)
        widen = try loader.linear(
            [names.widen],
            of: prefix,
            widens: true,
            output: loader.computation.element,
            activation: loader.activation
        )
        narrow = try loader.linear([names.narrow], of: prefix, widens: false)
    }

    func run(_ residual: Tensor, in workspace: TransformerWorkspace, by team: ThreadTeam) throws {
        let normalized = workspace.normalized
        let hidden = workspace.hidden
        normalized.reshape(rows: residual.rows, columns: residual.columns, isSpaced: true)
        hidden.reshape(rows: residual.rows, columns: widen.outputs, isSpaced: true)
        norm.run(residual.all, into: normalized.all, by: team)
        try widen.run(normalized.all, into: hidden.all, by: team)
        try narrow.run(hidden.all, into: residual.all, by: team)
    }
}
