import COneDNN
import MekikiCore

/// A linear layer with its weights packed once for the processor: activation(x W^T + b).
///
/// It can add its result to what the output holds, which makes a residual connection free. Threads
/// share one layer and run it at once; each call stays on its thread.
public final class Linear {
    /// Elements of an input row.
    public let inputs: Int

    /// Elements of an output row.
    public let outputs: Int

    /// The element type of input rows, which is that of the packed weights.
    public let inputElement: ElementType

    /// The element type of output rows.
    public let outputElement: ElementType

    private let layer: OpaquePointer

    /// Packs a layer.
    ///
    /// - Parameters:
    ///   - weights: Shape `[outputs, inputs]`, row-major, as checkpoints store them.
    ///   - bias: Shape `[outputs]`, or none.
    ///   - inputs: Elements of an input row.
    ///   - computing: The element type of inputs and packed weights.
    ///   - output: The element type of outputs.
    ///   - activation: What is applied to the sums.
    ///   - accumulates: Whether results are added to what the output holds.
    /// - Throws: `MekikiError` with code `unavailable` when memory or the processor's abilities do
    ///   not suffice.
    public init(
        weights: UnsafeBufferPointer<Float>,
        bias: [Float]? = nil,
        inputs: Int,
        computing: ElementType = .float32,
        output: ElementType = .float32,
        activation: Activation = .identity,
        accumulates: Bool = false
    ) throws {
        precondition(
            inputs > 0 && !weights.isEmpty && weights.count.isMultiple(of: inputs),
            "A layer has at least one input and whole rows of weights."
        )
        let outputs = weights.count / inputs
        precondition(bias.map { $0.count == outputs } ?? true, "A bias has one value an output.")
        self.inputs = inputs
        self.outputs = outputs
        inputElement = computing
        outputElement = output

        var layer: OpaquePointer?
        let status = Self.withOptionalPointer(bias) { bias in
            var description = mekiki_linear_description_t(
                inputs: Int64(inputs),
                outputs: Int64(outputs),
                weights: UnsafeRawPointer(weights.baseAddress),
                weights_element: MEKIKI_ELEMENT_F32,
                bias: bias,
                compute_element: computing.oneDNN,
                output_element: output.oneDNN,
                output_stride: Int64(outputs),
                activation: activation.oneDNN,
                accumulate: accumulates
            )
            return mekiki_linear_create(&description, &layer)
        }
        guard status == 0, let layer else {
            throw Self.error(status, "prepare", inputs: inputs, outputs: outputs)
        }
        self.layer = layer
    }

    deinit { mekiki_linear_destroy(layer) }

    /// Bytes that the packed weights take.
    public var byteCount: Int { Int(mekiki_linear_bytes(layer)) }

    /// Runs the layer.
    ///
    /// - Parameters:
    ///   - input: Shape `[rows, inputs]`, contiguous, of the layer's input element.
    ///   - output: Shape `[rows, outputs]`, contiguous, of the layer's output element; no part of
    ///     the input.
    /// - Throws: `MekikiError` with code `unavailable` when oneDNN fails, as it does without memory.
    public func run(_ input: TensorSlice, into output: TensorSlice) throws {
        precondition(
            input.columns == inputs && output.columns == outputs && input.rows == output.rows,
            "A linear layer maps rows of its inputs to as many rows of its outputs."
        )
        precondition(
            input.element == inputElement && output.element == outputElement,
            "A linear layer takes and gives the element types it was packed for."
        )
        precondition(
            input.isContiguous && output.isContiguous,
            "A linear layer takes whole rows."
        )
        let status = mekiki_linear_run(layer, Int64(input.rows), input.pointer, output.pointer)
        guard status == 0 else {
            throw Self.error(status, "run", inputs: inputs, outputs: outputs)
        }
    }

    private static func withOptionalPointer<Result>(
        _ values: [Float]?,
        _ body: (UnsafePointer<Float>?) -> Result
    ) -> Result {
        guard let values else { return body(nil) }
        return values.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    private static func error(
        _ status: mekiki_onednn_status_t,
        _ verb: String,
        inputs: Int,
        outputs: Int
    ) -> MekikiError {
        let reason = String(cString: mekiki_onednn_status_text(status))
        return MekikiError(
            .unavailable,
            "oneDNN could not \(verb) a layer of \(outputs) x \(inputs) weights: \(reason). "
                + "Free memory, or set the precision to float32."
        )
    }
}

// @unchecked because the C layer is immutable but for a cache of generated code that locks itself.
extension Linear: @unchecked Sendable {}
