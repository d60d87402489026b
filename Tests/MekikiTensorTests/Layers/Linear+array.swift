import MekikiTensor

extension Linear {
    /// Packs a layer from an array.
    static func packing(
        _ weights: [Float],
        bias: [Float]? = nil,
        inputs: Int,
        computing: ElementType = .float32,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false,
        engine: LinearEngine? = nil
    ) throws -> Linear {
        try weights.withUnsafeBufferPointer {
            try Linear(
                weights: WeightMatrix($0, columns: inputs),
                bias: bias,
                computing: computing,
                output: output,
                activation: activation,
                accumulates: accumulates,
                engine: engine
            )
        }
    }
}
