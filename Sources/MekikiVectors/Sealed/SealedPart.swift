import MekikiCore

/// Sealed vectors of a matrix, with which of their rows are still its own and take part in searches.
struct SealedPart: Sendable {
    private(set) var vectors: SealedVectors
    /// Bit `n % 32` of word `n / 32` for row `n`: whether it is a row of the matrix still.
    private(set) var present: [UInt32]
    /// Of those, the ones that take part in searches.
    private(set) var visible: [UInt32]
    private(set) var count: Int
    private(set) var visibleCount: Int

    /// Takes sealed vectors, all present and visible.
    init(_ vectors: SealedVectors) {
        self.vectors = vectors
        count = vectors.count
        visibleCount = vectors.count
        present = [UInt32](repeating: .max, count: vectors.layout.blockCount)
        let rest = vectors.count % CodeSpace.blockCount
        if rest != 0 { present[present.count - 1] = (1 << UInt32(rest)) - 1 }
        visible = present
    }

    /// Takes sealed vectors with marks that were kept beside them; `nil` when they don't fit.
    init?(_ vectors: SealedVectors, present: [UInt32], visible: [UInt32]) {
        self.init(vectors)
        guard present.count == self.present.count, visible.count == present.count,
            zip(present, self.present).allSatisfy({ $0 & ~$1 == 0 }),
            zip(visible, present).allSatisfy({ $0 & ~$1 == 0 })
        else { return nil }
        self.present = present
        self.visible = visible
        count = present.reduce(0) { $0 + $1.nonzeroBitCount }
        visibleCount = visible.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The row of an image that is present; `nil` when there is none.
    func row(of id: ImageID) -> Int? {
        guard let row = vectors.row(of: id), Self.bit(row, present) else { return nil }
        return row
    }

    func isVisible(_ row: Int) -> Bool { Self.bit(row, visible) }

    mutating func setHidden(_ hidden: Bool, _ row: Int) {
        guard Self.bit(row, present), isVisible(row) == hidden else { return }
        visible[row / 32] ^= 1 << UInt32(row % 32)
        visibleCount += hidden ? -1 : 1
    }

    mutating func remove(_ row: Int) {
        guard Self.bit(row, present) else { return }
        setHidden(true, row)
        present[row / 32] ^= 1 << UInt32(row % 32)
        count -= 1
    }

    /// Puts the same vectors in other memory in the place of these.
    mutating func replaceVectors(_ other: SealedVectors) {
        precondition(other.count == vectors.count, "Only the same vectors can take the place.")
        vectors = other
    }

    private static func bit(_ row: Int, _ words: [UInt32]) -> Bool {
        words[row / 32] & (1 << UInt32(row % 32)) != 0
    }
}
