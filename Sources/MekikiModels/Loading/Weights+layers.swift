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
    ///   - missingBiasesAreZero: Whether some of them may be absent.
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
        missingBiasesAreZero: Bool = false,
        computing computation: Computation,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false
    ) throws -> Linear {
        try Linear(
            weights: try matrix(names.map { $0 + ".weight" }, shape: [outputs, inputs]),
            bias: try hasBias
                ? names.flatMap { name in
                    missingBiasesAreZero && entry(named: name + ".bias") == nil
                        ? [Float](repeating: 0, count: outputs)
                        : try floats(name + ".bias", shape: [outputs])
                } : nil,
            computing: computation.element,
            output: output,
            activation: activation,
            accumulates: accumulates,
            memory: computation.memory
        )
    }

    /// A tensor's elements where checkpoints differ in extents of one before the others.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - shape: The shape that it must have without them.
    /// - Returns: Its elements, row-major.
    /// - Throws: `MekikiError` with code `badData` when it is missing or differs.
    func floats(_ name: String, unbatched shape: [Int]) throws -> [Float] {
        guard let found = entry(named: name)?.shape,
            Array(found.drop { $0 == 1 }) == Array(shape.drop { $0 == 1 })
        else { return try floats(name, shape: shape) }
        return try floats(name, shape: found)
    }

    /// A tensor of one element, `nil` where there is none of the name.
    ///
    /// - Parameter name: The tensor's name.
    /// - Returns: Its element.
    /// - Throws: `MekikiError` with code `badData` when it has more elements than one.
    func scalar(_ name: String) throws -> Float? {
        guard let entry = entry(named: name) else { return nil }
        let shape = entry.shape.allSatisfy { $0 == 1 } ? entry.shape : []
        return try floats(name, shape: shape).first
    }
}
