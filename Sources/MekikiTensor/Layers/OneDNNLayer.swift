import COneDNN
import MekikiCore

/// A linear layer for oneDNN, which has products for every processor.
///
/// It is one block: oneDNN packs weights as a whole.
final class OneDNNLayer: PackedLayer {
    let blockOutputs: Int
    private let layer: OpaquePointer
    private let outputs: Int
    private let inputs: Int

    /// Packs a layer.
    ///
    /// - Throws: `MekikiError` with code `unavailable` when memory or the processor's abilities do
    ///   not suffice.
    init(_ layer: LayerDescription) throws {
        inputs = layer.inputs
        outputs = layer.outputs
        blockOutputs = layer.outputs
        var packed: OpaquePointer?
        let status = layer.weights.withFloats { weights in
            Self.withOptionalPointer(layer.bias) { bias in
                var description = mekiki_linear_description_t(
                    inputs: Int64(layer.inputs),
                    outputs: Int64(layer.outputs),
                    weights: UnsafeRawPointer(weights.baseAddress),
                    weights_element: MEKIKI_ELEMENT_F32,
                    bias: bias,
                    compute_element: layer.computing.oneDNN,
                    output_element: layer.output.oneDNN,
                    activation: layer.activation.oneDNN,
                    accumulate: layer.accumulates
                )
                return mekiki_linear_create(&description, &packed)
            }
        }
        guard status == 0, let packed else {
            throw Self.error(status, "prepare", inputs: layer.inputs, outputs: layer.outputs)
        }
        self.layer = packed
    }

    deinit { mekiki_linear_destroy(layer) }

    var byteCount: Int { Int(mekiki_linear_bytes(layer)) }

    func run(_ input: TensorSlice, into output: TensorSlice, blocks: Range<Int>) throws {
        guard !blocks.isEmpty else { return }
        let status = mekiki_linear_run(
            layer,
            Int64(input.rows),
            input.pointer,
            Int64(input.stride),
            output.pointer,
            Int64(output.stride)
        )
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
extension OneDNNLayer: @unchecked Sendable {}
