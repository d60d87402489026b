import MekikiTensor

/// The second half of a transformer layer: layer norm, a hidden layer, and back.
struct Perceptron: Sendable {
    private let norm: LayerNorm
    private let widen: Linear
    private let narrow: Linear

    init(
        _ prefix: String,
        of weights: Weights,
        shape: TransformerShape,
        computing computation: Computation
    ) throws {
        norm = try weights.layerNorm(
            prefix + "layer_norm2",
            width: shape.width,
            epsilon: shape.epsilon
        )
        widen = try weights.linear(
            [prefix + "mlp.fc1"],
            inputs: shape.width,
            outputs: shape.hiddenWidth,
            computing: computation,
            output: computation.element,
            activation: shape.activation
        )
        narrow = try weights.linear(
            [prefix + "mlp.fc2"],
            inputs: shape.hiddenWidth,
            outputs: shape.width,
            computing: computation,
            accumulates: true
        )
    }

    /// Adds the perceptron's result to `residual`, `[rows, width]`.
    func run(
        _ residual: Tensor,
        normalized: Tensor,
        hidden: Tensor,
        by team: ThreadTeam
    ) throws {
        normalized.reshape(rows: residual.rows, columns: residual.columns, isSpaced: true)
        hidden.reshape(rows: residual.rows, columns: widen.outputs, isSpaced: true)
        norm.run(residual.all, into: normalized.all, by: team)
        try widen.run(normalized.all, into: hidden.all, by: team)
        try narrow.run(hidden.all, into: residual.all, by: team)
    }
}
