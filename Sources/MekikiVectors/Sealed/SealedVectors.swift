import CMekikiKernels
import Foundation
import MekikiCore

/// Vectors that don't change any more, ordered by image, with their codes.
///
/// They lie in one piece of memory, which is a file's content as it is: to keep them is to write that
/// piece, and to open them is to map it.
final class SealedVectors: Sendable {
    let layout: SealedLayout
    /// The centre and the rotation of the codes.
    let space: CodeSpace
    /// The file that holds them; `nil` for memory of the process's own.
    let file: URL?
    private let memory: SealedMemory

    /// Takes memory that holds sealed vectors.
    init(
        _ memory: SealedMemory,
        _ layout: SealedLayout,
        _ space: CodeSpace,
        file: URL? = nil
    ) {
        precondition(memory.size >= layout.size, "Sealed vectors need all of their memory.")
        self.memory = memory
        self.layout = layout
        self.space = space
        self.file = file
    }

    /// The same vectors with the very space that others have, where it is an equal one: a query is
    /// then prepared once for all of them.
    func sharing(_ other: CodeSpace?) -> SealedVectors {
        guard let other, other == space else { return self }
        return SealedVectors(memory, layout, other, file: file)
    }

    var count: Int { layout.count }

    /// The images' numbers, ascending.
    var ids: UnsafeBufferPointer<Int64> { part(layout.idsOffset, count) }

    /// A checksum of each row.
    var sums: UnsafeBufferPointer<UInt64> { part(layout.sumsOffset, count) }

    /// The blocks of codes.
    var codes: UnsafePointer<UInt64> {
        UnsafeRawPointer(memory.start + layout.codesOffset).assumingMemoryBound(to: UInt64.self)
    }

    /// The rows, shape `[count, stride]`.
    var rows: UnsafePointer<UInt16> {
        UnsafeRawPointer(memory.start + layout.rowsOffset).assumingMemoryBound(to: UInt16.self)
    }

    /// The first byte of everything.
    var start: UnsafeRawPointer { UnsafeRawPointer(memory.start) }

    /// The header's checksum, of all but the rows.
    var headerSum: UInt64 { SealedHeader.storedSum(start) }

    /// Everything, as a file holds it.
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: memory.start, count: layout.size)
    }

    /// The components of a row, shape `[dimension]`.
    func row(_ index: Int) -> UnsafeBufferPointer<UInt16> {
        UnsafeBufferPointer(start: rows + index * layout.stride, count: layout.dimension)
    }

    /// An image's row; `nil` when it has none here.
    ///
    /// - Complexity: O(log `count`).
    func row(of id: ImageID) -> Int? {
        let ids = ids
        // New images have greater numbers than all that were sealed: most questions end here.
        guard id.rawValue >= ids[0], id.rawValue <= ids[count - 1] else { return nil }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id.rawValue { low = middle + 1 } else { high = middle }
        }
        return low < count && ids[low] == id.rawValue ? low : nil
    }

    /// Whether a row's components are those that were sealed.
    func isIntact(_ row: Int) -> Bool {
        Self.sum(of: rows + row * layout.stride, layout.stride) == sums[row]
    }

    /// The checksum of a row, with what fills it up.
    static func sum(of row: UnsafePointer<UInt16>, _ stride: Int) -> UInt64 {
        mekiki_checksum(row, stride * MemoryLayout<UInt16>.size)
    }

    private func part<Element>(_ offset: Int, _ count: Int) -> UnsafeBufferPointer<Element> {
        UnsafeBufferPointer(
            start: UnsafeRawPointer(memory.start + offset).assumingMemoryBound(to: Element.self),
            count: count
        )
    }
}
