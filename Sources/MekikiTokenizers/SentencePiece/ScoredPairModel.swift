/// Byte-pair encoding the way SentencePiece does it: neighbours merge when together they are a
/// piece, the piece with the best score first.
struct ScoredPairModel: WordModel {
    private let vocabulary: Vocabulary
    /// By piece: lower merges earlier.
    private let ranks: [UInt32]
    private let idOffset: Int32
    private let unknown: Int32
    private let bytePieces: BytePieces?
    private let protected: ProtectedPieces
    private let cache = WordCache()

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - vocabulary: The pieces that merge, with their places in `scores`.
    ///   - scores: The score of each piece.
    ///   - idOffset: What is added to a piece's place to get its id.
    ///   - unknown: The id of what the vocabulary lacks.
    ///   - bytePieces: What to spell unknown text with, instead.
    ///   - protected: Pieces that never merge with others.
    init(
        vocabulary: Vocabulary,
        scores: [Float],
        idOffset: Int32,
        unknown: Int32,
        bytePieces: BytePieces?,
        protected: ProtectedPieces
    ) {
        self.vocabulary = vocabulary
        ranks = scores.map(Self.rank)
        self.idOffset = idOffset
        self.unknown = unknown
        self.bytePieces = bytePieces
        self.protected = protected
    }

    /// A number that falls as the score rises.
    private static func rank(_ score: Float) -> UInt32 {
        // The bits of numbers of one sign are in the order of their sizes.
        let bits = (score == 0 ? 0 : score).bitPattern
        let ascending = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        return ~ascending
    }

    func appendIDs(of word: [UInt8], to ids: inout [Int32]) {
        ids.append(contentsOf: cache.ids(of: word) { pieces(of: word) })
    }

    /// The ids of a text.
    ///
    /// - Complexity: O(n log n) in the length of the text.
    private func pieces(of text: [UInt8]) -> [Int32] {
        // Symbol i is the text from starts[i] on; what was merged away has the end of itself as its
        // start.
        var starts: [Int] = []
        var isProtected: [Bool] = []
        var position = 0
        while position < text.count {
            starts.append(position)
            let length = protected.match(in: text, at: position)
            isProtected.append(length != nil)
            position += length ?? SentencePieceNormalizer.width(text[position])
        }
        let count = starts.count
        var ends = Array(starts.dropFirst()) + [text.count]
        var next = Array(1..<(count + 1))
        var previous = Array(-1..<(count - 1))
        // Of the pair that begins at each symbol: its end, where it is still the pair that was queued.
        var queue = MergeQueue(capacity: count)
        var pairEnds = [Int](repeating: -1, count: count)
        func consider(_ left: Int) {
            pairEnds[left] = -1
            guard left >= 0, next[left] < count, !isProtected[left], !isProtected[next[left]],
                let piece = piece(text, starts[left]..<ends[next[left]])
            else { return }
            pairEnds[left] = ends[next[left]]
            queue.push(rank: ranks[Int(piece)], position: left)
        }
        for index in 0..<max(0, count - 1) { consider(index) }
        while let (rank, left) = queue.pop() {
            let right = next[left]
            guard pairEnds[left] >= 0, right < count, ends[right] == pairEnds[left],
                let piece = piece(text, starts[left]..<ends[right]), ranks[Int(piece)] == rank
            else { continue }
            ends[left] = ends[right]
            next[left] = next[right]
            if next[right] < count { previous[next[right]] = left }
            pairEnds[right] = -1
            pairEnds[left] = -1
            if previous[left] >= 0 { consider(previous[left]) }
            consider(left)
        }
        return ids(of: text, starts: starts, ends: ends, next: next)
    }

    private func piece(_ text: [UInt8], _ range: Range<Int>) -> Int32? {
        text.withUnsafeBufferPointer {
            vocabulary.id(of: UnsafeBufferPointer(rebasing: $0[range]))
        }
    }

    private func ids(of text: [UInt8], starts: [Int], ends: [Int], next: [Int]) -> [Int32] {
        var ids: [Int32] = []
        var index = 0
        var followsUnknown = false
        while index < starts.count {
            let range = starts[index]..<ends[index]
            if let piece = piece(text, range) {
                ids.append(piece + idOffset)
                followsUnknown = false
            } else if let spelled = bytePieces?.ids(of: text[range]) {
                ids += spelled
                followsUnknown = false
            } else {
                if !followsUnknown { ids.append(unknown) }
                followsUnknown = true
            }
            index = next[index]
        }
        return ids
    }
}
