import MekikiCore

/// The vectors of one space, a row an image, ready to be compared with a query.
///
/// New rows stand in a short tail and are compared one by one. Whenever the tail is long enough, it is
/// sealed: its rows no longer change, get codes, and may lie in a mapped file.
///
/// A matrix is a value: a copy is cheap, shares its rows, and stays as it is while the original
/// changes. So a search works on a copy and never waits for a writer.
public struct VectorMatrix: Sendable {
    /// Components of each row.
    public let dimension: Int

    /// The rows of the tail at which it is sealed: comparing so many takes a millisecond.
    public static let sealingCount = 16_384

    /// Rows that no longer change.
    private(set) var parts: [SealedPart] = []
    /// The tail; all blocks but the last are full.
    private(set) var blocks: [VectorBlock] = []
    private var rowOfImage: [ImageID: Int] = [:]
    private var hiddenInTail = 0
    private let sealingCount: Int

    /// Creates an empty matrix.
    ///
    /// - Parameter dimension: Components of each row, 1 or more.
    public init(dimension: Int) {
        self.init(dimension: dimension, sealingCount: Self.sealingCount)
    }

    /// Creates an empty matrix whose tail is sealed at another length, for tests.
    package init(dimension: Int, sealingCount: Int) {
        precondition(dimension > 0, "A vector has at least one component.")
        precondition(sealingCount > 0, "Nothing is sealed without rows.")
        self.dimension = dimension
        self.sealingCount = sealingCount
    }

    /// How many rows there are, hidden ones included.
    public var count: Int { parts.reduce(rowOfImage.count) { $0 + $1.count } }

    /// How many rows take part in searches.
    public var visibleCount: Int {
        parts.reduce(rowOfImage.count - hiddenInTail) { $0 + $1.visibleCount }
    }

    /// How many rows are hidden, that is, don't take part in searches.
    public var hiddenCount: Int { count - visibleCount }

    /// The rows that are not sealed.
    public var tailCount: Int { rowOfImage.count }

    /// Where a row is.
    private enum Place {
        case tail(Int)
        case sealed(part: Int, row: Int)
    }

    /// Whether an image has a row.
    public func contains(_ id: ImageID) -> Bool { place(of: id) != nil }

    /// Whether an image has a row that takes part in searches.
    public func isVisible(_ id: ImageID) -> Bool {
        switch place(of: id) {
        case .tail(let row):
            !blocks[row / VectorBlock.capacity].isHidden[row % VectorBlock.capacity]
        case .sealed(let part, let row): parts[part].isVisible(row)
        case nil: false
        }
    }

    /// An image's row; `nil` when it has none.
    ///
    /// - Parameter id: The image.
    public subscript(id: ImageID) -> HalfVector? {
        withRow(of: id) { HalfVector(bits: Array($0)) }
    }

    /// Gives an image's components to a closure, shape `[dimension]`; `nil` when it has no row.
    func withRow<Result>(
        of id: ImageID,
        _ body: (UnsafeBufferPointer<UInt16>) -> Result
    ) -> Result? {
        switch place(of: id) {
        case .tail(let row):
            body(blocks[row / VectorBlock.capacity].row(row % VectorBlock.capacity))
        case .sealed(let part, let row): body(parts[part].vectors.row(row))
        case nil: nil
        }
    }

    /// The sealed vectors in which an image's row is not what was sealed; `nil` when all is well.
    func damagedPart(of id: ImageID) -> DamagedPart? {
        guard case .sealed(let part, let row) = place(of: id),
            !parts[part].vectors.isIntact(row)
        else { return nil }
        return DamagedPart(vectors: parts[part].vectors)
    }

    /// - Complexity: O(number of parts) where the image isn't in the tail.
    private func place(of id: ImageID) -> Place? {
        if let row = rowOfImage[id] { return .tail(row) }
        // The latest first: what is asked for is mostly new.
        for part in parts.indices.reversed() {
            if let row = parts[part].row(of: id) { return .sealed(part: part, row: row) }
        }
        return nil
    }

    /// Sets an image's row, a new one or the one that it has.
    ///
    /// - Parameters:
    ///   - id: The image.
    ///   - components: Half-precision components, two bytes each, lower byte first; another number
    ///     of them than `dimension` is a programmer's mistake and traps.
    ///   - isHidden: Whether the row takes no part in searches.
    /// - Complexity: O(`dimension`) in the mean: sealing a full tail takes O(log `dimension`) more a
    ///   row. A block shared with a copy of the matrix is copied first.
    public mutating func set(
        _ id: ImageID,
        _ components: UnsafeRawBufferPointer,
        isHidden: Bool = false
    ) {
        precondition(
            components.count == dimension * MemoryLayout<UInt16>.size,
            "A row has as many components as its matrix."
        )
        switch place(of: id) {
        case .tail(let row):
            let (block, index) = ownedPlace(of: row)
            blocks[block].replace(index, components)
            setHidden(isHidden, id)
        case .sealed(let part, let row):
            parts[part].remove(row)
            append(id, components, isHidden: isHidden)
        case nil:
            append(id, components, isHidden: isHidden)
        }
    }

    private mutating func append(
        _ id: ImageID,
        _ components: UnsafeRawBufferPointer,
        isHidden: Bool
    ) {
        let row = rowOfImage.count
        if row == blocks.count * VectorBlock.capacity {
            blocks.append(VectorBlock(dimension: dimension))
        }
        blocks[ownedPlace(of: row).block].append(id, components, isHidden: isHidden)
        rowOfImage[id] = row
        hiddenInTail += isHidden ? 1 : 0
        if rowOfImage.count >= sealingCount { sealTail() }
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
        switch place(of: id) {
        case .tail(let row):
            guard isVisible(id) == isHidden else { return }
            let (block, index) = ownedPlace(of: row)
            blocks[block].setHidden(isHidden, at: index)
            hiddenInTail += isHidden ? 1 : -1
        case .sealed(let part, let row): parts[part].setHidden(isHidden, row)
        case nil: return
        }
    }

    /// Removes an image's row; without one nothing happens.
    ///
    /// - Parameter id: The image.
    /// - Complexity: O(`dimension`): in the tail, the last row takes the place of the removed one.
    public mutating func remove(_ id: ImageID) {
        switch place(of: id) {
        case .tail: removeFromTail(id)
        case .sealed(let part, let row):
            parts[part].remove(row)
            if parts[part].count == 0 { parts.remove(at: part) }
        case nil: return
        }
    }

    private mutating func removeFromTail(_ id: ImageID) {
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

    /// Where a row of the tail is: its block, made this matrix's own so that it can be changed, and its
    /// place in the block.
    ///
    /// It gives numbers and no reference, because a reference held by the caller would make the
    /// block look shared the next time.
    private mutating func ownedPlace(of row: Int) -> (block: Int, index: Int) {
        let (block, index) = row.quotientAndRemainder(dividingBy: VectorBlock.capacity)
        if !isKnownUniquelyReferenced(&blocks[block]) { blocks[block] = blocks[block].copy() }
        return (block, index)
    }

    /// Makes the tail a part that no longer changes.
    private mutating func sealTail() {
        let ids = rowOfImage.keys.sorted()
        let places = ids.map { rowOfImage[$0] ?? 0 }
        let sealed = SealedVectors.sealed(
            ids,
            dimension: dimension,
            like: parts.last?.vectors.space
        ) {
            let (block, index) = places[$0].quotientAndRemainder(dividingBy: VectorBlock.capacity)
            return blocks[block].row(index)
        }
        var part = SealedPart(sealed)
        for (row, id) in ids.enumerated() where !isVisible(id) { part.setHidden(true, row) }
        parts.append(part)
        blocks = []
        rowOfImage = [:]
        hiddenInTail = 0
    }

    /// The images in the tail, in no order.
    var tailIDs: [ImageID] { Array(rowOfImage.keys) }

    /// Adds a part from elsewhere; none of its images may have a row already.
    mutating func add(_ part: SealedPart) { parts.append(part) }

    /// Puts the same vectors in other memory in the place of a part's.
    mutating func replaceVectors(ofPart index: Int, with vectors: SealedVectors) {
        parts[index].replaceVectors(vectors)
    }

    /// Takes a damaged part out, with all of its rows; what is no part of this matrix is passed over.
    ///
    /// - Parameter damaged: What a search threw.
    public mutating func remove(_ damaged: DamagedPart) {
        parts.removeAll { $0.vectors === damaged.vectors }
    }

    /// How many sealed parts are in memory of the process's own, and in no file.
    public var unkeptPartCount: Int { parts.count { $0.vectors.file == nil } }

    /// Whether there are sealed parts at all.
    public var hasParts: Bool { !parts.isEmpty }

    /// Dissolves parts of which most rows are gone: what is left of them goes through the tail.
    public mutating func compact() {
        for part in parts where part.count < part.vectors.count / 2 {
            for (row, id) in part.vectors.ids.enumerated() {
                let image = ImageID(rawValue: id)
                guard part.row(of: image) != nil else { continue }
                set(
                    image,
                    UnsafeRawBufferPointer(part.vectors.row(row)),
                    isHidden: !part.isVisible(row)
                )
            }
        }
        parts.removeAll { $0.count == 0 }
    }

    /// Takes over the files that a copy of this matrix was given.
    ///
    /// - Parameters:
    ///   - kept: The copy, after its parts were written.
    ///   - original: The same copy before that.
    public mutating func adoptFiles(of kept: VectorMatrix, from original: VectorMatrix) {
        for (before, after) in zip(original.parts, kept.parts) {
            for index in parts.indices where parts[index].vectors === before.vectors {
                parts[index].replaceVectors(after.vectors)
            }
        }
    }
}
