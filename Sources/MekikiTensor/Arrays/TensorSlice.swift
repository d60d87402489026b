/// Some rows and columns of a tensor, without a copy.
///
/// The slice keeps its tensor alive; reshaping the tensor makes the slice meaningless.
public struct TensorSlice {
    /// The tensor that owns the memory.
    public let tensor: Tensor

    /// The number of rows.
    public let rows: Int

    /// Elements of each row that belong to the slice.
    public let columns: Int

    /// Elements from the start of one row to the start of the next.
    public let stride: Int

    /// The first element.
    public let pointer: UnsafeMutableRawPointer

    /// A part of this slice.
    ///
    /// - Parameters:
    ///   - rows: Which of its rows.
    ///   - columns: Which of its columns.
    /// - Returns: A view of the same memory.
    public func slice(rows: Range<Int>, columns: Range<Int>) -> TensorSlice {
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= self.rows
                && columns.lowerBound >= 0 && columns.upperBound <= self.columns,
            "A slice lies inside what it is cut from."
        )
        let offset = (rows.lowerBound * stride + columns.lowerBound) * element.byteCount
        return TensorSlice(
            tensor: tensor,
            rows: rows.count,
            columns: columns.count,
            stride: stride,
            pointer: pointer + offset
        )
    }

    private init(
        tensor: Tensor,
        rows: Int,
        columns: Int,
        stride: Int,
        pointer: UnsafeMutableRawPointer
    ) {
        self.tensor = tensor
        self.rows = rows
        self.columns = columns
        self.stride = stride
        self.pointer = pointer
    }

    init(of tensor: Tensor, rows: Range<Int>, columns: Range<Int>) {
        self.tensor = tensor
        self.rows = rows.count
        self.columns = columns.count
        stride = tensor.stride
        let offset = rows.lowerBound * tensor.stride + columns.lowerBound
        pointer = tensor.memory + offset * tensor.element.byteCount
    }

    /// The element type.
    public var element: ElementType { tensor.element }

    /// Whether each row starts where the one before ends.
    public var isContiguous: Bool { columns == stride || rows <= 1 }

    /// The rows as one run of float32.
    ///
    /// Only for contiguous float32 slices; anything else is a programmer's mistake and traps.
    public var floats: UnsafeMutableBufferPointer<Float> {
        precondition(element == .float32 && isContiguous, "Only rows of float32 are floats.")
        return UnsafeMutableBufferPointer(
            start: pointer.assumingMemoryBound(to: Float.self),
            count: rows * columns
        )
    }

    /// Replaces the slice's elements by those of another of the same shape and element type.
    ///
    /// - Parameter source: A slice of other memory; both are contiguous.
    public func copy(from source: TensorSlice) {
        precondition(
            source.rows == rows && source.columns == columns && source.element == element
                && source.isContiguous && isContiguous,
            "Slices of one shape can be copied."
        )
        pointer.copyMemory(from: source.pointer, byteCount: rows * columns * element.byteCount)
    }
}
