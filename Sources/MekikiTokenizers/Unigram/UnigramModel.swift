/// Unigram segmentation (Kudo 2018): of all ways to cut a text into pieces, the one whose scores add
/// up highest.
struct UnigramModel: WordModel {
    /// How the two reference implementations differ.
    enum Arithmetic: Sendable {
        /// The `tokenizers` library adds in double precision.
        case double
        /// SentencePiece rounds every sum to single precision, which decides some ties.
        case single
    }

    private let trie: PieceTrie
    /// The score of each piece.
    private let scores: Table<Double>
    private let unknownScore: Double
    private let unknown: Int32
    private let idOffset: Int32
    private let bytePieces: BytePieces?
    private let arithmetic: Arithmetic
    private let cache = WordCache()

    /// What each unknown scalar costs more than the worst piece.
    private static let unknownPenalty = 10.0

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - trie: The pieces.
    ///   - scores: The score of each piece.
    ///   - lowestScore: The lowest score of an ordinary piece.
    ///   - unknown: The id of what the vocabulary lacks.
    ///   - idOffset: What is added to a piece's place to get its id.
    ///   - bytePieces: What to spell unknown text with, instead.
    ///   - arithmetic: How scores are added.
    init(
        trie: PieceTrie,
        scores: Table<Double>,
        lowestScore: Double,
        unknown: Int32,
        idOffset: Int32 = 0,
        bytePieces: BytePieces?,
        arithmetic: Arithmetic
    ) {
        self.trie = trie
        self.scores = scores
        unknownScore =
            arithmetic == .double
            ? lowestScore - Self.unknownPenalty
            : Double(Float(lowestScore) - Float(Self.unknownPenalty))
        self.unknown = unknown
        self.idOffset = idOffset
        self.bytePieces = bytePieces
        self.arithmetic = arithmetic
    }

    func appendIDs(of word: [UInt8], to ids: inout [Int32]) {
        ids.append(contentsOf: cache.ids(of: word) { pieces(of: word) })
    }

    /// The best way to reach a position: its score, the piece that ends there (-1 for an unknown
    /// scalar), and where that begins (-1 while there is no way).
    private struct Arrival {
        var score = 0.0
        var piece: Int32 = -1
        var start: Int32 = -1
    }

    /// The best pieces of a text.
    ///
    /// - Complexity: O(n) in the length of the text, times the longest piece.
    private func pieces(of text: [UInt8]) -> [Int32] {
        var arrivals = [Arrival](repeating: Arrival(), count: text.count + 1)
        text.withUnsafeBufferPointer { text in
            arrivals.withUnsafeMutableBufferPointer { arrivals in
                var start = 0
                while start < text.count {
                    let width = SentencePieceNormalizer.width(text[start])
                    let soFar = arrivals[start].score
                    var hasSingle = false
                    trie.forEachPiece(in: text, at: start) { piece, end in
                        offer(&arrivals[end], soFar + scores[Int(piece)], piece, start)
                        if end - start == width { hasSingle = true }
                    }
                    if !hasSingle {
                        offer(
                            &arrivals[min(text.count, start + width)],
                            soFar + unknownScore,
                            -1,
                            start
                        )
                    }
                    start += width
                }
            }
        }
        return ids(of: text, arrivals)
    }

    @inline(__always)
    private func offer(_ arrival: inout Arrival, _ score: Double, _ piece: Int32, _ start: Int) {
        guard arrival.start < 0 || score > arrival.score else { return }
        arrival.score = arithmetic == .double ? score : Double(Float(score))
        arrival.piece = piece
        arrival.start = Int32(start)
    }

    /// Walks back from the end; neighbouring unknown scalars become one.
    private func ids(of text: [UInt8], _ arrivals: [Arrival]) -> [Int32] {
        var ranges: [(piece: Int32, range: Range<Int>)] = []
        var end = text.count
        while end > 0 {
            let arrival = arrivals[end]
            let start = max(0, Int(arrival.start))
            if arrival.piece < 0, let last = ranges.last, last.piece < 0 {
                ranges[ranges.count - 1].range = start..<last.range.upperBound
            } else {
                ranges.append((arrival.piece, start..<end))
            }
            end = start
        }
        var ids: [Int32] = []
        ids.reserveCapacity(ranges.count)
        for (piece, range) in ranges.reversed() {
            if piece >= 0 {
                ids.append(piece + idOffset)
            } else if let spelled = bytePieces?.ids(of: text[range]) {
                ids += spelled
            } else {
                ids.append(unknown)
            }
        }
        return ids
    }
}
