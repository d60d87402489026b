/// The weights of a linear layer, packed for one implementation of the product.
protocol PackedLayer: Sendable {
    /// Bytes that the packed weights take.
    var byteCount: Int { get }

    /// Outputs in a block: products can be divided between blocks.
    var blockOutputs: Int { get }

    /// Computes some outputs of all rows.
    ///
    /// - Parameters:
    ///   - input: The rows' inputs.
    ///   - output: The rows' outputs, all of them.
    ///   - blocks: Which blocks of outputs to compute.
    /// - Throws: `MekikiError` with code `unavailable` when the implementation fails.
    func run(_ input: TensorSlice, into output: TensorSlice, blocks: Range<Int>) throws
}

/// What a packed layer is made of.
struct LayerDescription {
    /// Shape `[outputs, inputs]`.
    var weights: WeightMatrix
    /// Shape `[outputs]`, or none.
    var bias: [Float]?
    /// The element type of inputs and packed weights.
    var computing: ElementType
    /// The element type of outputs.
    var output: ElementType
    var activation: Activation
    /// Whether results are added to what the output holds.
    var accumulates: Bool

    var inputs: Int { weights.columns }
    var outputs: Int { weights.rows }
}
