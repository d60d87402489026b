/// Numbers that stand in an array, or in a file that is mapped into memory.
struct Table<Element: BitwiseCopyable & Sendable>: Sendable {
    private var array: [Element]
    private let mapped: Mapped?

    /// @unchecked because mapped bytes never change, and live as long as their file.
    private struct Mapped: @unchecked Sendable {
        let elements: UnsafeBufferPointer<Element>
        let file: CacheMapping
    }

    init(_ array: [Element] = []) {
        self.array = array
        mapped = nil
    }

    /// Looks at a part of a mapped file, which has to be aligned for the elements.
    init(_ range: Range<Int>, of file: CacheMapping) {
        let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[range])
        mapped = Mapped(elements: bytes.bindMemory(to: Element.self), file: file)
        array = []
    }

    var count: Int { mapped?.elements.count ?? array.count }

    /// An element; only those of arrays can be changed, which tables are while they are built.
    @inline(__always)
    subscript(index: Int) -> Element {
        get {
            guard let mapped else { return array[index] }
            return mapped.elements[index]
        }
        set {
            precondition(mapped == nil, "A mapped table can't be changed.")
            array[index] = newValue
        }
    }

    mutating func append(_ element: Element) {
        precondition(mapped == nil, "A mapped table can't be changed.")
        array.append(element)
    }

    mutating func append(contentsOf elements: some Collection<Element>) {
        precondition(mapped == nil, "A mapped table can't be changed.")
        array.append(contentsOf: elements)
    }

    mutating func reserveCapacity(_ capacity: Int) {
        array.reserveCapacity(capacity)
    }

    /// The elements in memory, for as long as the call takes.
    @inline(__always)
    func withElements<Result>(
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) rethrows -> Result {
        guard let mapped else { return try array.withUnsafeBufferPointer(body) }
        defer { withExtendedLifetime(mapped.file) {} }
        return try body(mapped.elements)
    }
}
