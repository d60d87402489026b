/// A linear layer with its weights packed once for the processor: activation(x W^T + b).
///
/// It can add its result to what the output holds, which makes a residual connection free. Threads
/// share one layer: each calls it for itself, or they go through one call as a team.
public final class Linear: Sendable {
    /// Elements of an input row.
    public let inputs: Int

    /// Elements of an output row.
    public let outputs: Int

    /// The element type of input rows, which is that of the packed weights.
    public let inputElement: ElementType

    /// The element type of output rows.
    public let outputElement: ElementType

    private let packed: any PackedLayer

    /// A thread's unit of work has no more rows than this, so that none waits long for another.
    private static let unitRows = 128

    /// Packs a layer.
    ///
    /// - Parameters:
    ///   - weights: Shape `[outputs, inputs]`, as checkpoints store them.
    ///   - bias: Shape `[outputs]`, or none.
    ///   - computing: The element type of inputs and packed weights.
    ///   - output: The element type of outputs.
    ///   - activation: What is applied to the sums.
    ///   - accumulates: Whether results are added to what the output holds.
    ///   - engine: What computes the products; the fastest for this processor by default.
    ///   - memory: Where the weights are packed to, shared by the layers of a model.
    /// - Throws: `MekikiError` with code `unavailable` when memory or the processor's abilities do
    ///   not suffice.
    public init(
        weights: WeightMatrix,
        bias: [Float]? = nil,
        computing: ElementType = .float32,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false,
        engine: LinearEngine? = nil,
        memory: WeightMemory? = nil
    ) throws {
        inputs = weights.columns
        outputs = weights.rows
        let outputs = outputs
        precondition(outputs > 0, "A layer has at least one output.")
        precondition(bias.map { $0.count == outputs } ?? true, "A bias has one value an output.")
        inputElement = computing
        outputElement = output
        let description = LayerDescription(
            weights: weights,
            bias: bias,
            computing: computing,
            output: output,
            activation: activation,
            accumulates: accumulates
        )
        switch engine ?? LinearEngine.fastest(for: description) {
        case .kernels:
            packed = try KernelLayer(description, memory: memory ?? WeightMemory())
        case .oneDNN:
            packed = try OneDNNLayer(description)
        }
    }

    /// Bytes that the packed weights take.
    public var byteCount: Int { packed.byteCount }

    /// Runs the layer.
    ///
    /// A team divides the output into blocks: of its columns first, so that each thread reads its own
    /// part of the weights, which is what a product of few rows waits for; then of its rows.
    ///
    /// - Parameters:
    ///   - input: Shape `[rows, inputs]`, of the layer's input element.
    ///   - output: Shape `[rows, outputs]`, of the layer's output element; no part of the input.
    ///   - team: The threads that share the work.
    /// - Throws: `MekikiError` with code `unavailable` when oneDNN fails, as it does without memory.
    public func run(
        _ input: TensorSlice,
        into output: TensorSlice,
        by team: ThreadTeam = .alone
    ) throws {
        precondition(
            input.columns == inputs && output.columns == outputs && input.rows == output.rows,
            "A linear layer maps rows of its inputs to as many rows of its outputs."
        )
        precondition(
            input.element == inputElement && output.element == outputElement,
            "A linear layer takes and gives the element types it was packed for."
        )
        let blocks = (outputs + packed.blockOutputs - 1) / packed.blockOutputs
        if team.size == 1 { return try packed.run(input, into: output, blocks: 0..<blocks) }

        let rows = input.rows
        let rowParts = max(1, (rows + Self.unitRows - 1) / Self.unitRows)
        let blockParts = blocks.divided(into: (2 * team.size + rowParts - 1) / rowParts)
        // Where the columns can't be divided enough, the rows are.
        let leastRowParts = (2 * team.size + blockParts.count - 1) / blockParts.count
        let rowRanges = rows.divided(into: max(rowParts, leastRowParts))
        try team.tryForEach(rowRanges.count * blockParts.count) { unit, _ in
            let part = rowRanges[unit / blockParts.count]
            try packed.run(
                input.slice(rows: part, columns: 0..<inputs),
                into: output.slice(rows: part, columns: 0..<outputs),
                blocks: blockParts[unit % blockParts.count]
            )
        }
    }
}
