import CMekikiKernels

/// The product of an activated half of each row with its other half (Shazeer, "GLU Variants Improve
/// Transformer", 2020).
public enum GatedActivation: String, Sendable, CaseIterable {
    /// `x * Phi(x)`: GEGLU.
    case gelu
    /// The same with GELU's approximation by tanh.
    case geluTanh
    /// `x * sigmoid(x)`: SwiGLU.
    case silu

    /// Computes `output[r][c] = activation(input[r][c]) * input[r][width + c]`.
    ///
    /// - Parameters:
    ///   - input: Shape `[rows, 2 * width]`: what is activated, then what it is multiplied with.
    ///   - output: Shape `[rows, width]`, of either element type; no part of the input.
    ///   - team: The threads that share the rows.
    public func run(
        _ input: TensorSlice,
        into output: TensorSlice,
        by team: ThreadTeam = .alone
    ) {
        precondition(
            input.columns == 2 * output.columns && input.rows == output.rows,
            "A gate halves each row."
        )
        let blocks = team.size == 1 ? [0..<input.rows] : input.rows.divided(into: 2 * team.size)
        team.forEach(blocks.count) { unit, _ in
            let block = blocks[unit]
            let from = block.lowerBound * input.stride * input.element.byteCount
            let to = block.lowerBound * output.stride * output.element.byteCount
            var gate = mekiki_gate_t(
                input: UnsafeRawPointer(input.pointer + from),
                output: output.pointer + to,
                input_stride: Int64(input.stride),
                output_stride: Int64(output.stride),
                rows: Int64(block.count),
                width: Int64(output.columns),
                activation: kernel,
                input_is_bf16: input.element == .bfloat16,
                output_is_bf16: output.element == .bfloat16
            )
            mekiki_gate(&gate)
        }
    }

    private var kernel: mekiki_gate_activation_t {
        switch self {
        case .gelu: MEKIKI_GATE_GELU
        case .geluTanh: MEKIKI_GATE_GELU_TANH
        case .silu: MEKIKI_GATE_SILU
        }
    }
}
