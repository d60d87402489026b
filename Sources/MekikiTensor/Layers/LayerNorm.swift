import CMekikiKernels

/// Layer normalisation over the last dimension (Ba, Kiros and Hinton 2016).
public struct LayerNorm: Sendable {
    /// The factor of each column after normalisation.
    public let scale: [Float]

    /// What is added to each column after that.
    public let shift: [Float]

    /// What keeps a constant row from dividing by zero.
    public let epsilon: Float

    /// Makes a normalisation.
    ///
    /// - Parameters:
    ///   - scale: Shape `[width]`.
    ///   - shift: Shape `[width]`.
    ///   - epsilon: Added to the variance.
    public init(scale: [Float], shift: [Float], epsilon: Float) {
        precondition(
            scale.count == shift.count && !scale.isEmpty,
            "Scale and shift have one width."
        )
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
    }

    /// Elements of a row.
    public var width: Int { scale.count }

    /// Normalises rows.
    ///
    /// - Parameters:
    ///   - input: Shape `[rows, width]`, contiguous float32.
    ///   - output: The same shape, of either element type; float32 may be the input.
    ///   - team: The threads that share the rows.
    public func run(
        _ input: TensorSlice,
        into output: TensorSlice,
        by team: ThreadTeam = .alone
    ) {
        precondition(
            input.columns == width && output.columns == width && input.rows == output.rows,
            "Layer normalisation keeps the shape."
        )
        precondition(
            input.element == .float32 && input.isContiguous,
            "Layer normalisation reads whole rows of float32."
        )
        let blocks = team.size == 1 ? [0..<input.rows] : input.rows.divided(into: 2 * team.size)
        team.forEach(blocks.count) { unit, _ in
            run(input, into: output, rows: blocks[unit])
        }
    }

    /// Normalises rows in place, and writes the results a second time.
    ///
    /// A post-norm transformer adds to the one and multiplies the other.
    ///
    /// - Parameters:
    ///   - rows: Shape `[rows, width]`, contiguous float32.
    ///   - copy: The same shape, of either element type, in other memory; its rows may lie apart.
    ///   - team: The threads that share the rows.
    public func run(
        inPlace rows: TensorSlice,
        copying copy: TensorSlice,
        by team: ThreadTeam = .alone
    ) {
        precondition(
            rows.columns == width && copy.columns == width && rows.rows == copy.rows,
            "Layer normalisation keeps the shape."
        )
        precondition(
            rows.element == .float32 && rows.isContiguous,
            "Layer normalisation reads whole rows of float32."
        )
        let blocks = team.size == 1 ? [0..<rows.rows] : rows.rows.divided(into: 2 * team.size)
        team.forEach(blocks.count) { unit, _ in
            let block = blocks[unit]
            let values =
                rows.pointer.assumingMemoryBound(to: Float.self) + block.lowerBound * width
            mekiki_layer_norm_f32_copied(
                values,
                scale,
                shift,
                epsilon,
                Int64(block.count),
                Int64(width),
                values,
                copy.pointer + block.lowerBound * copy.stride * copy.element.byteCount,
                Int64(copy.stride),
                copy.element == .bfloat16
            )
        }
    }

    private func run(_ input: TensorSlice, into output: TensorSlice, rows: Range<Int>) {
        guard output.isContiguous || rows.count == 1 else {
            for row in rows { run(input, into: output, rows: row..<row + 1) }
            return
        }
        let from =
            UnsafePointer(input.pointer.assumingMemoryBound(to: Float.self))
            + rows.lowerBound * width
        let first = rows.lowerBound * output.stride
        switch output.element {
        case .float32:
            mekiki_layer_norm_f32(
                from,
                scale,
                shift,
                epsilon,
                Int64(rows.count),
                Int64(width),
                output.pointer.assumingMemoryBound(to: Float.self) + first
            )
        case .bfloat16:
            mekiki_layer_norm_f32_bf16(
                from,
                scale,
                shift,
                epsilon,
                Int64(rows.count),
                Int64(width),
                output.pointer.assumingMemoryBound(to: UInt16.self) + first
            )
        }
    }
}
