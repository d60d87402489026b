import MekikiTensor

extension Weights {
    /// Whether a layer has a bias.
    enum Bias {
        /// It has; a missing one is an error.
        case required
        /// It has none.
        case none
        /// It has where the checkpoint holds one, and zeros otherwise.
        case wherePresent
    }

    /// Loads a layer norm, `name.weight` and `name.bias`.
    func layerNorm(_ name: String, width: Int, epsilon: Float) throws -> LayerNorm {
        LayerNorm(
            scale: try floats(name + ".weight", shape: [width]),
            shift: try floats(name + ".bias", shape: [width]),
            epsilon: epsilon
        )
    }

    /// Loads linear layers of one input as one layer whose outputs stand side by side.
    ///
    /// - Parameters:
    ///   - names: What precedes `.weight` and `.bias`.
    ///   - inputs: Elements of an input row.
    ///   - outputs: Elements of each layer's output row.
    ///   - bias: Whether there are biases.
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
        bias: Bias = .required,
        computing computation: Computation,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false
    ) throws -> Linear {
        try Linear(
            weights: try matrix(names.map { $0 + ".weight" }, shape: [outputs, inputs]),
            bias: try self.bias(bias, of: names, outputs: outputs),
            computing: computation.element,
            output: output,
            activation: activation,
            accumulates: accumulates,
            memory: computation.memory
        )
    }

    private func bias(_ bias: Bias, of names: [String], outputs: Int) throws -> [Float]? {
        switch bias {
        case .none: return nil
        case .required:
            return try names.flatMap { try floats($0 + ".bias", shape: [outputs]) }
        case .wherePresent:
            guard names.contains(where: { entry(named: $0 + ".bias") != nil }) else { return nil }
            return try names.flatMap { name in
                entry(named: name + ".bias") == nil
                    ? [Float](repeating: 0, count: outputs)
                    : try floats(name + ".bias", shape: [outputs])
            }
        }
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
