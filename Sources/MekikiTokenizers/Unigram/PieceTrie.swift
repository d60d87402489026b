/// Pieces in a tree of their bytes, to find all pieces that a text begins with at once.
///
/// Nodes are numbered breadth first, so that the children of one node stand side by side, ordered by
/// their bytes, and those of the next node follow them.
struct PieceTrie: Sendable {
    /// The byte that leads to each node; the root has none.
    private let labels: Table<UInt8>
    /// The first child of each node, and one more.
    private let firstChildren: Table<UInt32>
    /// The piece that ends at each node, -1 where none does.
    private let pieces: Table<Int32>
    /// The children of the root by byte, 0 where there is none: every search begins there, and the
    /// root has the most children.
    private let roots: [UInt32]

    /// Builds a trie.
    ///
    /// - Parameters:
    ///   - text: All pieces in one.
    ///   - ends: Where each piece ends; the first of them begins at 0. Empty pieces are never found.
    /// - Complexity: O(n log n) comparisons of pieces, and O(n) for the total length.
    init(text: [UInt8], ends: [Int]) {
        var labels: [UInt8] = [0]
        var firstChildren: [UInt32] = []
        var pieces: [Int32] = [-1]
        labels.reserveCapacity(text.count / 2)
        firstChildren.reserveCapacity(text.count / 2)
        pieces.reserveCapacity(text.count / 2)
        text.withUnsafeBufferPointer { text in
            func start(_ piece: Int32) -> Int { piece == 0 ? 0 : ends[Int(piece) - 1] }
            func length(_ piece: Int32) -> Int { ends[Int(piece)] - start(piece) }
            let sorted = Self.sorted(text, ends)
            // Each node's part of the sorted pieces, level by level.
            var level = [sorted.startIndex..<sorted.endIndex]
            var depth = 0
            while !level.isEmpty {
                var following: [Range<Int>] = []
                for range in level {
                    firstChildren.append(UInt32(labels.count))
                    var low = range.lowerBound
                    while low < range.upperBound {
                        guard length(sorted[low]) > depth else {
                            // It ended at the node itself.
                            low += 1
                            continue
                        }
                        let byte = text[start(sorted[low]) + depth]
                        var high = low + 1
                        while high < range.upperBound,
                            text[start(sorted[high]) + depth] == byte
                        { high += 1 }
                        labels.append(byte)
                        // Equal pieces stand in file order; the last of them counts.
                        var piece: Int32 = -1
                        var index = low
                        while index < high, length(sorted[index]) == depth + 1 {
                            piece = sorted[index]
                            index += 1
                        }
                        pieces.append(piece)
                        following.append(low..<high)
                        low = high
                    }
                }
                level = following
                depth += 1
            }
            firstChildren.append(UInt32(labels.count))
        }
        self.init(
            labels: Table(labels),
            firstChildren: Table(firstChildren),
            pieces: Table(pieces)
        )
    }

    init(labels: Table<UInt8>, firstChildren: Table<UInt32>, pieces: Table<Int32>) {
        self.labels = labels
        self.firstChildren = firstChildren
        self.pieces = pieces
        var roots = [UInt32](repeating: 0, count: 256)
        if firstChildren.count > 1 {
            for node in firstChildren[0]..<firstChildren[1] { roots[Int(labels[Int(node)])] = node }
        }
        self.roots = roots
    }

    /// The place of a piece.
    func piece(_ text: String) -> Int32? {
        var text = text
        return text.withUTF8 { text in
            guard !text.isEmpty else { return nil }
            var found: Int32?
            forEachPiece(in: text, at: 0) { piece, end in if end == text.count { found = piece } }
            return found
        }
    }

    /// Calls back with every piece that stands at a position, the shortest first.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - start: The position.
    ///   - found: Gets a piece and where it ends.
    @inline(__always)
    func forEachPiece(
        in text: UnsafeBufferPointer<UInt8>,
        at start: Int,
        _ found: (_ piece: Int32, _ end: Int) -> Void
    ) {
        var node = Int(roots[Int(text[start])])
        var position = start + 1
        while node != 0 {
            let piece = pieces[node]
            if piece >= 0 { found(piece, position) }
            guard position < text.count else { return }
            node = child(of: node, for: text[position])
            position += 1
        }
    }

    @inline(__always)
    private func child(of node: Int, for byte: UInt8) -> Int {
        var low = Int(firstChildren[node])
        let end = Int(firstChildren[node + 1])
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if labels[middle] < byte { low = middle + 1 } else { high = middle }
        }
        return low < end && labels[low] == byte ? low : 0
    }

    /// The pieces in the order of their bytes, equal ones in file order.
    private static func sorted(_ text: UnsafeBufferPointer<UInt8>, _ ends: [Int]) -> [Int32] {
        /// The first eight bytes, which decide nearly always.
        struct Key {
            var head: UInt64
            var piece: Int32
        }
        var keys: [Key] = []
        keys.reserveCapacity(ends.count)
        var start = 0
        for (piece, end) in ends.enumerated() {
            var head: UInt64 = 0
            for index in 0..<8 {
                head = head << 8 | (start + index < end ? UInt64(text[start + index]) : 0)
            }
            if end > start { keys.append(Key(head: head, piece: Int32(piece))) }
            start = end
        }
        keys.sort { left, right in
            if left.head != right.head { return left.head < right.head }
            func bytes(_ piece: Int32) -> Slice<UnsafeBufferPointer<UInt8>> {
                text[(piece == 0 ? 0 : ends[Int(piece) - 1])..<ends[Int(piece)]]
            }
            let (leftBytes, rightBytes) = (bytes(left.piece), bytes(right.piece))
            if leftBytes.lexicographicallyPrecedes(rightBytes) { return true }
            if rightBytes.lexicographicallyPrecedes(leftBytes) { return false }
            return left.piece < right.piece
        }
        return keys.map(\.piece)
    }
}

extension PieceTrie {
    /// Writes the trie into a cache.
    func write(to cache: inout CacheWriter) {
        cache.append(labels)
        cache.append(firstChildren)
        cache.append(pieces)
    }

    /// Reads a trie from a cache.
    init(from cache: inout CacheReader) throws(CacheReader.Damage) {
        let labels: Table<UInt8> = try cache.table()
        let firstChildren: Table<UInt32> = try cache.table()
        let pieces: Table<Int32> = try cache.table()
        self.init(labels: labels, firstChildren: firstChildren, pieces: pieces)
    }
}
