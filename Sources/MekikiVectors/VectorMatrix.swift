import MekikiCore

/// The vectors of one space in memory, a row an image, ready to be compared with a query.
///
/// A matrix is a value: a copy is cheap, shares its rows, and stays as it is while the original
/// changes. So a search works on a copy and never waits for a writer.
public struct VectorMatrix: Sendable {
    /// Components of each row.
    public let dimension: Int

    /// How many rows are hidden, that is, don't take part in searches.
    public private(set) var hiddenCount = 0

    /// All blocks but the last are full.
    private(set) var blocks: [VectorBlock] = []
    private var rowOfImage: [ImageID: Int] = [:]

    /// Creates an empty matrix.
    ///
    /// - Parameter dimension: Components of each row, 1 or more.
    public init(dimension: Int) {
        precondition(dimension > 0, "A vector has at least one component.")
        self.dimension = dimension
    }

    /// How many rows there are, hidden ones included.
    public var count: Int { rowOfImage.count }

    /// How many rows take part in searches.
    public var visibleCount: Int { count - hiddenCount }

    /// Whether an image has a row.
    public func contains(_ id: ImageID) -> Bool { rowOfImage[id] != nil }

    /// Whether an image has a row that takes part in searches.
    public func isVisible(_ id: ImageID) -> Bool {
        guard let row = rowOfImage[id] else { return false }
        return !blocks[row / VectorBlock.capacity].isHidden[row % VectorBlock.capacity]
    }

    /// An image's row; `nil` when it has none.
    ///
    /// - Parameter id: The image.
    public subscript(id: ImageID) -> HalfVector? {
        guard let row = rowOfImage[id] else { return nil }
        let block = blocks[row / VectorBlock.capacity]
        return HalfVector(bits: Array(block.row(row % VectorBlock.capacity)))
    }

    /// Sets an image's row, a new one or the one that it has.
    ///
    /// - Parameters:
    ///   - id: The image.
    ///   - components: Half-precision components, two bytes each, lower byte first; another number
    ///     of them than `dimension` is a programmer's mistake and traps.
    ///   - isHidden: Whether the row takes no part in searches.
    /// - Complexity: O(`dimension`); a block shared with a copy of the matrix is copied first.
    public mutating func set(
        _ id: ImageID,
        _ components: UnsafeRawBufferPointer,
        isHidden: Bool = false
    ) {
        precondition(
            components.count == dimension * MemoryLayout<UInt16>.size,
            "A row has as many components as its matrix."
        )
        if let row = rowOfImage[id] {
            let (block, index) = ownedPlace(of: row)
            blocks[block].replace(index, components)
            setHidden(isHidden, id)
        } else {
            let row = count
            if row == blocks.count * VectorBlock.capacity {
                blocks.append(VectorBlock(dimension: dimension))
            }
            blocks[ownedPlace(of: row).block].append(id, components, isHidden: isHidden)
            rowOfImage[id] = row
            hiddenCount += isHidden ? 1 : 0
        }
    }

    /// Sets an image's row, a new one or the one that it has.
    ///
    /// - Parameters:
    ///   - id: The image.
    ///   - vector: The row; another dimension than the matrix's is a programmer's mistake and traps.
    ///   - isHidden: Whether the row takes no part in searches.
    public mutating func set(_ id: ImageID, _ vector: HalfVector, isHidden: Bool = false) {
        vector.withBytes { set(id, $0, isHidden: isHidden) }
    }

    /// Makes an image's row take part in searches, or not; without a row nothing happens.
    ///
    /// - Parameters:
    ///   - isHidden: Whether the row takes no part.
    ///   - id: The image.
    public mutating func setHidden(_ isHidden: Bool, _ id: ImageID) {
        guard let row = rowOfImage[id], isVisible(id) == isHidden else { return }
        let (block, index) = ownedPlace(of: row)
        blocks[block].setHidden(isHidden, at: index)
        hiddenCount += isHidden ? 1 : -1
    }

    /// Removes an image's row; without one nothing happens.
    ///
    /// - Parameter id: The image.
    /// - Complexity: O(`dimension`): the last row takes the place of the removed one.
    public mutating func remove(_ id: ImageID) {
        guard rowOfImage[id] != nil else { return }
        setHidden(false, id)
        guard let row = rowOfImage.removeValue(forKey: id) else { return }
        let last = rowOfImage.count
        let (block, index) = ownedPlace(of: row)
        let (lastBlock, lastIndex) = ownedPlace(of: last)
        if row != last {
            rowOfImage[blocks[lastBlock].ids[lastIndex]] = row
            blocks[block].replace(index, withRow: lastIndex, of: blocks[lastBlock])
        }
        blocks[lastBlock].removeLast()
        if lastIndex == 0 { blocks.removeLast() }
    }

    /// Where a row is: its block, made this matrix's own so that it can be changed, and its place
    /// in the block.
    ///
    /// It gives numbers and no reference, because a reference held by the caller would make the
    /// block look shared the next time.
    private mutating func ownedPlace(of row: Int) -> (block: Int, index: Int) {
        let (block, index) = row.quotientAndRemainder(dividingBy: VectorBlock.capacity)
        if !isKnownUniquelyReferenced(&blocks[block]) { blocks[block] = blocks[block].copy() }
        return (block, index)
    }
}
