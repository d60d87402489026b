/// A layer's weights where they lie, in a mapped file or an array: rows of one or more tensors, one
/// below the other, that become float32 as they are read.
///
/// A large model's weights would take twice their memory as a whole, and more time to be cleared than
/// to be converted.
public struct WeightMatrix {
    private struct Part {
        var start: UnsafeRawPointer
        var element: StoredElement
        var rows: Int
        /// What keeps the memory: a mapped file, or nothing.
        var owner: AnyObject?
    }

    /// Elements of a row: a layer's inputs.
    public let columns: Int

    /// The number of rows: a layer's outputs.
    public private(set) var rows = 0

    private var parts: [Part] = []

    /// A matrix without rows.
    ///
    /// - Parameter columns: Elements of a row.
    init(columns: Int) {
        precondition(columns > 0, "A row has at least one element.")
        self.columns = columns
    }

    /// A matrix of float32.
    ///
    /// - Parameters:
    ///   - floats: Its elements, row by row, which outlive it.
    ///   - columns: Elements of a row, which divides their number.
    public init(_ floats: UnsafeBufferPointer<Float>, columns: Int) {
        self.init(columns: columns)
        precondition(
            floats.count.isMultiple(of: columns),
            "A matrix has whole rows."
        )
        append(UnsafeRawBufferPointer(floats), .float32, owner: nil)
    }

    /// Adds rows below the others.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer,
        _ element: StoredElement,
        owner: AnyObject?
    ) {
        guard let start = bytes.baseAddress else { return }
        let count = bytes.count / element.byteCount / columns
        parts.append(Part(start: start, element: element, rows: count, owner: owner))
        rows += count
    }

    /// Some of the rows, without a copy.
    ///
    /// - Parameter range: Which rows.
    /// - Returns: A view of the same memory.
    public func rows(_ range: Range<Int>) -> WeightMatrix {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= rows,
            "A part lies inside its matrix."
        )
        var part = WeightMatrix(columns: columns)
        var first = 0
        for whole in parts {
            let wanted = range.clamped(to: first..<first + whole.rows)
            if !wanted.isEmpty {
                let offset = (wanted.lowerBound - first) * columns * whole.element.byteCount
                part.parts.append(
                    Part(
                        start: whole.start + offset,
                        element: whole.element,
                        rows: wanted.count,
                        owner: whole.owner
                    )
                )
                part.rows += wanted.count
            }
            first += whole.rows
        }
        return part
    }

    /// Writes some rows as float32.
    ///
    /// - Parameters:
    ///   - range: Which rows.
    ///   - target: Room for them.
    func copyRows(_ range: Range<Int>, to target: UnsafeMutablePointer<Float>) {
        var first = 0
        var target = target
        for part in parts {
            let wanted = range.clamped(to: first..<first + part.rows)
            if !wanted.isEmpty {
                let offset = (wanted.lowerBound - first) * columns * part.element.byteCount
                let count = wanted.count * columns
                part.element.convert(part.start + offset, target, count: count)
                target += count
            }
            first += part.rows
        }
    }

    /// Hands all elements as float32 to a function, without a copy where they are float32.
    func withFloats<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        if let part = parts.first, parts.count == 1, part.element == .float32,
            UInt(bitPattern: part.start).isMultiple(of: 4)
        {
            let start = part.start.assumingMemoryBound(to: Float.self)
            return try body(UnsafeBufferPointer(start: start, count: rows * columns))
        }
        let floats = [Float](unsafeUninitializedCapacity: rows * columns) { buffer, count in
            guard let target = buffer.baseAddress else { return }
            copyRows(0..<rows, to: target)
            count = rows * columns
        }
        return try floats.withUnsafeBufferPointer(body)
    }
}
