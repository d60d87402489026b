import CMekikiKernels
import MekikiCore

/// A fixed number of rows of a `VectorMatrix`, in memory of their own.
///
/// Blocks keep growth cheap (nothing moves when a matrix grows) and let a search go on over the
/// blocks it saw while a writer copies the one that it changes.
// @unchecked because rows change only through `VectorMatrix`, which first makes sure that it holds
// the only reference and copies the block otherwise.
final class VectorBlock: @unchecked Sendable {
    /// Rows in a block: with 512 components, 1 MiB, which is cheap to copy and long enough for one
    /// call of a kernel.
    static let capacity = 1024

    /// Cache lines, and the widest registers, are 64 bytes.
    private static let alignment = 64

    let dimension: Int
    /// Elements from one row's start to the next, so that each row starts on a cache line.
    let stride: Int
    /// Shape `[capacity, stride]`.
    private let rows: UnsafeMutablePointer<UInt16>
    private(set) var ids: [ImageID] = []
    private(set) var isHidden: [Bool] = []

    init(dimension: Int) {
        self.dimension = dimension
        let perLine = Self.alignment / MemoryLayout<UInt16>.size
        stride = max(1, (dimension + perLine - 1) / perLine) * perLine
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: Self.capacity * stride * MemoryLayout<UInt16>.size,
            alignment: Self.alignment
        )
        rows = memory.bindMemory(to: UInt16.self, capacity: Self.capacity * stride)
        ids.reserveCapacity(Self.capacity)
        isHidden.reserveCapacity(Self.capacity)
    }

    deinit { UnsafeMutableRawPointer(rows).deallocate() }

    var count: Int { ids.count }

    func copy() -> VectorBlock {
        let copy = VectorBlock(dimension: dimension)
        copy.rows.update(from: rows, count: count * stride)
        copy.ids.append(contentsOf: ids)
        copy.isHidden.append(contentsOf: isHidden)
        return copy
    }

    /// The components of a row, shape `[dimension]`.
    func row(_ index: Int) -> UnsafeBufferPointer<UInt16> {
        UnsafeBufferPointer(start: rows + index * stride, count: dimension)
    }

    func append(_ id: ImageID, _ components: UnsafeRawBufferPointer, isHidden hidden: Bool) {
        precondition(count < Self.capacity, "A full block takes no more rows.")
        ids.append(id)
        isHidden.append(hidden)
        replace(count - 1, components)
    }

    func replace(_ index: Int, _ components: UnsafeRawBufferPointer) {
        let size = dimension * MemoryLayout<UInt16>.size
        UnsafeMutableRawBufferPointer(start: rows + index * stride, count: size)
            .copyMemory(from: components)
    }

    func setHidden(_ hidden: Bool, at index: Int) {
        isHidden[index] = hidden
    }

    /// Puts a row of another block, or of this one, in the place of a row here.
    func replace(_ index: Int, withRow other: Int, of block: VectorBlock) {
        replace(index, UnsafeRawBufferPointer(block.row(other)))
        ids[index] = block.ids[other]
        isHidden[index] = block.isHidden[other]
    }

    func removeLast() {
        ids.removeLast()
        isHidden.removeLast()
    }

    /// The inner products of a query with all rows.
    ///
    /// - Parameters:
    ///   - query: Shape `[dimension]`.
    ///   - scores: Room for `capacity` results, of which the first `count` are written.
    func score(_ query: UnsafePointer<Float>, into scores: UnsafeMutablePointer<Float>) {
        mekiki_dot_f16(query, rows, count, dimension, stride, scores)
    }
}
