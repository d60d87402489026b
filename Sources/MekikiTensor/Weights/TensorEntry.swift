/// One tensor as its file describes it.
public struct TensorEntry: Sendable, Equatable {
    /// The element type.
    public let element: StoredElement

    /// The extents; a single number has none.
    public let shape: [Int]

    /// Where its bytes lie in the file, counted from the file's start.
    public let bytes: Range<Int>

    /// The number of elements.
    public var count: Int { bytes.count / element.byteCount }
}
