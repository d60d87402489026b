import MekikiTensor

extension Weights {
    /// Loads a layer norm, `name.weight` and `name.bias`.
    func layerNorm(
        _ name: String,
        width: Int,
        epsilon: Float,
        hasBias: Bool = true
    ) throws -> LayerNorm {
        LayerNorm(
            scale: try floats(name + ".weight", shape: [width]),
            shift: try hasBias
                ? floats(name + ".bias", shape: [width])
                : [Float](repeating: 0, count: width),
            epsilon: epsilon
        )
    }

    /// Loads linear layers of one input as one layer whose outputs stand side by side.
    ///
    /// - Parameters:
    ///   - names: What precedes `.weight` and `.bias`.
    ///   - inputs: Elements of an input row.
    ///   - outputs: Elements of each layer's output row.
    ///   - hasBias: Whether there are biases.
    ///   - computation: How the product computes.
    ///   - output: What it gives.
    ///   - activation: What is applied to the sums.
    ///   - accumulates: Whether results are added to what the output holds.
    /// - Returns: The packed layer.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    func linear(
        _ names: [String],
        inputs: Int,
        outputs: Int,
        hasBias: Bool = true,
        computing computation: Computation,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false
    ) throws -> Linear {
        let bias =
            try hasBias
            ? names.flatMap { try floats($0 + ".bias", shape: [outputs]) } : nil
        return try Linear(
            weights: try matrix(names.map { $0 + ".weight" }, shape: [outputs, inputs]),
            bias: bias,
            computing: computation.element,
            output: output,
            activation: activation,
            accumulates: accumulates,
            memory: computation.memory
        )
    }
}
