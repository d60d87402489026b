import CMekikiKernels

/// A row-major matrix of float32 or bfloat16 in memory of its own, aligned to 64 bytes.
///
/// What has more dimensions is folded into rows: a batch of token sequences is
/// `[batch * tokens, width]`. A tensor is a buffer that one thread works in, and it is used again:
/// `reshape` keeps the memory when it suffices.
public final class Tensor {
    /// The element type, which never changes.
    public let element: ElementType

    /// The number of rows.
    public private(set) var rows: Int

    /// Elements in each row.
    public private(set) var columns: Int

    /// Elements from the start of one row to the start of the next.
    public private(set) var stride: Int

    private(set) var memory: UnsafeMutableRawPointer
    private var capacity: Int

    /// Makes a tensor of zeros.
    ///
    /// - Parameters:
    ///   - element: The element type.
    ///   - rows: The number of rows.
    ///   - columns: Elements in each row.
    public init(_ element: ElementType, rows: Int = 0, columns: Int = 0) {
        precondition(rows >= 0 && columns >= 0, "A tensor has no negative extent.")
        self.element = element
        self.rows = rows
        self.columns = columns
        stride = columns
        capacity = max(rows * columns * element.byteCount, Self.alignment)
        memory = Self.allocate(capacity)
    }

    deinit { memory.deallocate() }

    /// Changes the extents; what the tensor held is lost, what it holds is undefined.
    ///
    /// - Parameters:
    ///   - rows: The number of rows.
    ///   - columns: Elements in each row.
    ///   - isSpaced: Whether rows may lie apart. Rows that begin whole pages apart all fall into the
    ///     same few lines of the first cache, and a product that reads several at once waits.
    public func reshape(rows: Int, columns: Int, isSpaced: Bool = false) {
        precondition(rows >= 0 && columns >= 0, "A tensor has no negative extent.")
        self.rows = rows
        self.columns = columns
        let collides = (columns * element.byteCount).isMultiple(of: Self.page) && columns > 0
        stride = isSpaced && collides ? columns + Self.alignment / element.byteCount : columns
        let needed = rows * stride * element.byteCount
        guard needed > capacity else { return }
        memory.deallocate()
        capacity = needed
        memory = Self.allocate(needed)
    }

    /// Every row and column.
    public var all: TensorSlice { slice(rows: 0..<rows, columns: 0..<columns) }

    /// Some rows, whole.
    ///
    /// - Parameter range: Which rows.
    /// - Returns: A view of this tensor's memory.
    public func rows(_ range: Range<Int>) -> TensorSlice {
        slice(rows: range, columns: 0..<columns)
    }

    /// Some columns of some rows.
    ///
    /// - Parameters:
    ///   - rows: Which rows.
    ///   - columns: Which columns.
    /// - Returns: A view of this tensor's memory.
    public func slice(rows: Range<Int>, columns: Range<Int>) -> TensorSlice {
        precondition(
            rows.lowerBound >= 0 && rows.upperBound <= self.rows
                && columns.lowerBound >= 0 && columns.upperBound <= self.columns,
            "A slice lies inside its tensor."
        )
        return TensorSlice(of: self, rows: rows, columns: columns)
    }

    private static let alignment = 64
    private static let page = 4096

    private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: alignment)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        return memory
    }
}

extension Tensor {
    /// Makes a tensor from numbers, rounding them to the element type.
    ///
    /// - Parameters:
    ///   - values: The numbers, row by row.
    ///   - element: The element type.
    ///   - columns: Elements in each row, which divides the number of values.
    public convenience init(
        _ values: [Float],
        as element: ElementType = .float32,
        columns: Int
    ) {
        precondition(
            columns > 0 && values.count.isMultiple(of: columns),
            "Rows have equal lengths."
        )
        self.init(element, rows: values.count / columns, columns: columns)
        values.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            switch element {
            case .float32: memory.copyMemory(from: base, byteCount: source.count * 4)
            case .bfloat16:
                mekiki_convert_f32_bf16(
                    base,
                    memory.assumingMemoryBound(to: UInt16.self),
                    Int64(source.count)
                )
            }
        }
    }

    /// The elements as float32, row by row.
    ///
    /// - Complexity: O(n) in the number of elements; it copies.
    public var values: [Float] {
        precondition(stride == columns, "Rows that lie apart are no single run of numbers.")
        return Array(unsafeUninitializedCapacity: rows * columns) { buffer, count in
            count = rows * columns
            guard count > 0, let base = buffer.baseAddress else { return }
            switch element {
            case .float32:
                UnsafeMutableRawPointer(base).copyMemory(from: memory, byteCount: count * 4)
            case .bfloat16: mekiki_convert_bf16_f32(memory, base, Int64(count))
            }
        }
    }
}
