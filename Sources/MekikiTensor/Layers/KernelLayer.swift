import CMekikiKernels
import MekikiCore

/// A linear layer for our own products, which processors with AVX-512 have.
struct KernelLayer: PackedLayer {
    let byteCount: Int
    let blockOutputs = MEKIKI_PRODUCT_PANEL

    private let packed: UnsafeRawPointer
    private let memory: WeightMemory
    private let bias: [Float]
    private let inputs: Int
    private let outputs: Int
    private let element: ElementType
    private let output: ElementType
    private let activation: mekiki_product_activation_t
    private let accumulates: Bool

    /// Whether there is a kernel for a layer on this processor.
    static func runs(_ layer: LayerDescription) -> Bool {
        guard !layer.accumulates || layer.output == .float32 else { return false }
        switch layer.computing {
        case .float32: return mekiki_product_has_f32()
        case .bfloat16: return mekiki_product_has_bf16() && layer.inputs.isMultiple(of: 2)
        }
    }

    /// Packs a layer.
    ///
    /// - Throws: `MekikiError` with code `unavailable` when memory does not suffice.
    init(_ layer: LayerDescription, memory: WeightMemory) throws {
        let inputs = Int64(layer.inputs)
        let outputs = Int64(layer.outputs)
        byteCount = Int(
            layer.computing == .float32
                ? mekiki_product_packed_bytes_f32(inputs, outputs)
                : mekiki_product_packed_bytes_bf16(inputs, outputs)
        )
        guard let packed = memory.allocate(byteCount) else {
            throw MekikiError(
                .unavailable,
                "There is no memory for a layer of \(outputs) x \(inputs) weights. Free memory, or "
                    + "choose a smaller model."
            )
        }
        Self.pack(layer, to: packed)
        self.packed = UnsafeRawPointer(packed)
        self.memory = memory
        bias = layer.bias ?? []
        self.inputs = layer.inputs
        self.outputs = layer.outputs
        element = layer.computing
        output = layer.output
        accumulates = layer.accumulates
        activation = layer.activation.product
    }

    /// Packs panel by panel, so that what is converted stays in the cache.
    private static func pack(_ layer: LayerDescription, to packed: UnsafeMutableRawPointer) {
        let inputs = Int64(layer.inputs)
        let panel = Int(MEKIKI_PRODUCT_PANEL)
        let rows = UnsafeMutablePointer<Float>.allocate(capacity: panel * layer.inputs)
        defer { rows.deallocate() }
        var target = packed
        for first in stride(from: 0, to: layer.outputs, by: panel) {
            let range = first..<min(first + panel, layer.outputs)
            layer.weights.copyRows(range, to: rows)
            switch layer.computing {
            case .float32: mekiki_product_pack_f32(rows, inputs, Int64(range.count), target)
            case .bfloat16: mekiki_product_pack_bf16(rows, inputs, Int64(range.count), target)
            }
            target += panel * layer.inputs * layer.computing.byteCount
        }
    }

    func run(_ input: TensorSlice, into output: TensorSlice, blocks: Range<Int>) {
        bias.withUnsafeBufferPointer { bias in
            var product = mekiki_product_t(
                packed: packed,
                bias: bias.isEmpty ? nil : bias.baseAddress,
                inputs: Int64(inputs),
                outputs: Int64(outputs),
                activation: activation,
                accumulates: accumulates,
                output_is_bf16: self.output == .bfloat16,
                input: UnsafeRawPointer(input.pointer),
                output: output.pointer,
                input_stride: Int64(input.stride),
                output_stride: Int64(output.stride),
                rows: Int64(input.rows),
                first_panel: Int64(blocks.lowerBound),
                last_panel: Int64(blocks.upperBound)
            )
            switch element {
            case .float32: mekiki_product_f32(&product)
            case .bfloat16: mekiki_product_bf16(&product)
            }
        }
    }
}

// @unchecked because the packed weights never change.
extension KernelLayer: @unchecked Sendable {}

extension Activation {
    fileprivate var product: mekiki_product_activation_t {
        switch self {
        case .identity: MEKIKI_PRODUCT_IDENTITY
        case .gelu: MEKIKI_PRODUCT_GELU
        case .geluTanh: MEKIKI_PRODUCT_GELU_TANH
        case .quickGELU: MEKIKI_PRODUCT_QUICK_GELU
        }
    }
}
