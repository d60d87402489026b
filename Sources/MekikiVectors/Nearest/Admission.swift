import MekikiCore

/// Which rows of a matrix take part in a search.
struct Admission: Sendable {
    /// For each part a bit for each row, in the order of the codes.
    let parts: [[UInt32]]
    /// How many rows take part.
    let count: Int
    /// Set where so few images were named that each is looked up: the rows of those that take part.
    let few: [ImageID]?
    private let request: NearestRequest

    /// Fewer named images than one among so many rows are looked up one by one.
    private static let rowsPerLookup = 256

    /// Finds the rows that take part.
    ///
    /// - Parameters:
    ///   - request: Names images that are left out, and possibly those that are not.
    ///   - matrix: The rows.
    init(_ request: NearestRequest, to matrix: VectorMatrix) {
        self.request = request
        let excluded = request.excluded
        if let included = request.included,
            included.count <= max(64, matrix.count / Self.rowsPerLookup)
        {
            let few = included.ids.filter { !excluded.contains($0) && matrix.isVisible($0) }
            self.few = few
            parts = []
            count = few.count
            return
        }
        few = nil
        let marks = matrix.parts.map { part in
            var marks = part.visible
            for id in excluded {
                if let row = part.row(of: id) { marks[row / 32] &= ~(1 << UInt32(row % 32)) }
            }
            if let included = request.included { Self.keep(included, of: part, &marks) }
            return marks
        }
        parts = marks
        let isEverybody = excluded.isEmpty && request.included == nil
        let sealed =
            isEverybody
            ? matrix.parts.reduce(0) { $0 + $1.visibleCount }
            : marks.reduce(0) { $0 + $1.reduce(0) { $0 + $1.nonzeroBitCount } }
        var inTail = 0
        for block in matrix.blocks {
            for row in 0..<block.count where !block.isHidden[row] {
                let id = block.ids[row]
                if excluded.contains(id) || request.included?.contains(id) == false { continue }
                inTail += 1
            }
        }
        count = sealed + inTail
    }

    /// Whether a row of the tail takes part, if it is visible.
    func admits(_ id: ImageID) -> Bool {
        !request.excluded.contains(id) && request.included?.contains(id) != false
    }

    /// Clears the marks of rows whose images are not in a set.
    private static func keep(
        _ included: ImageSet,
        of part: SealedPart,
        _ marks: inout [UInt32]
    ) {
        let ids = part.vectors.ids
        included.words.withUnsafeBufferPointer { words in
            for place in marks.indices where marks[place] != 0 {
                var kept: UInt32 = 0
                for row in place * 32..<min(place * 32 + 32, ids.count) {
                    let id = Int(ids[row])
                    let word = id >= 0 && id / 64 < words.count ? words[id / 64] : 0
                    kept |= UInt32(word >> UInt64(id & 63) & 1) << UInt32(row % 32)
                }
                marks[place] &= kept
            }
        }
    }
}
