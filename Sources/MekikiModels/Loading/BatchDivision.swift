/// How a batch of sequences is divided among threads: a pure decision over their lengths.
///
/// Threads that each take sequences of their own never wait for each other, and a product of enough
/// rows runs at full speed. But a product of few rows waits for the weights to come from memory: then
/// all threads share one pass, and each reads a part of the weights.
struct BatchDivision: Equatable {
    /// The pieces of each thread, which it works on alone, one after the other.
    private(set) var apart: [[Range<Int>]] = []

    /// The sequences of each piece that all threads work on together.
    private(set) var together: [Range<Int>] = []

    /// Rows from which on a product runs at full speed.
    static let fullSpeedRows = 192

    /// Rows of a thread's piece, beyond which more would leave the caches and take memory.
    static let mostRows = 800

    /// Divides a batch; every sequence is in one piece.
    ///
    /// - Parameters:
    ///   - lengths: The rows of each sequence, in the batch's order, which is kept.
    ///   - threads: How many threads there are.
    init(lengths: [Int], threads: Int) {
        let rows = lengths.reduce(0, +)
        let isLarge = rows >= threads * Self.fullSpeedRows
        // What is left over would keep one thread busy while the others wait.
        let shared = threads == 1 ? 0 : isLarge ? lengths.count % threads : lengths.count
        let alone = lengths.count - shared
        for share in Self.shares(lengths[..<alone], count: threads) {
            apart.append(Self.pieces(lengths[share], rows: Self.mostRows))
        }
        together = Self.pieces(lengths[alone...], rows: threads * Self.mostRows)
    }

    /// Neighbours, divided so that each share has about as many rows.
    private static func shares(_ lengths: ArraySlice<Int>, count: Int) -> [Range<Int>] {
        let rows = lengths.reduce(0, +)
        var shares: [Range<Int>] = []
        var start = lengths.startIndex
        var passed = 0
        for (index, length) in zip(lengths.indices, lengths) {
            // A sequence belongs to the share that its middle falls into.
            let share = (2 * passed + length) * count / max(1, 2 * rows)
            if share > shares.count, index > start {
                shares.append(start..<index)
                start = index
            }
            passed += length
        }
        if start < lengths.endIndex { shares.append(start..<lengths.endIndex) }
        return shares
    }

    /// Neighbours in even pieces of about so many rows at most.
    private static func pieces(_ lengths: ArraySlice<Int>, rows most: Int) -> [Range<Int>] {
        let rows = lengths.reduce(0, +)
        return shares(lengths, count: max(1, (rows + most - 1) / most))
    }
}
