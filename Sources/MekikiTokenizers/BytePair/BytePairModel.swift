/// Byte-pair encoding of single words, over bytes as in GPT-2.
///
/// It merges neighbouring symbols in the order in which the vocabulary's training found them
/// (Sennrich, Haddow and Birch 2016).
struct BytePairModel: WordModel {
    private let merges: MergeTable
    private let unknown: Int32?
    private let fusesUnknown: Bool
    /// The symbol of each byte within a word; -1 where the vocabulary has none.
    private let innerSymbols: [Int32]
    /// The symbol of each byte at the end of a word.
    private let lastSymbols: [Int32]
    private let cache = WordCache()

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - vocabulary: The pieces, written in `ByteAlphabet`.
    ///   - merges: The merges of those pieces.
    ///   - endOfWordSuffix: What a word's last symbol carries, such as `</w>`; may be empty.
    ///   - unknown: The id for bytes that the vocabulary lacks; without one they vanish.
    ///   - fusesUnknown: Whether neighbouring unknown bytes give one id.
    init(
        vocabulary: Vocabulary,
        merges: MergeTable,
        endOfWordSuffix: String,
        unknown: Int32?,
        fusesUnknown: Bool
    ) {
        self.merges = merges
        self.unknown = unknown
        self.fusesUnknown = fusesUnknown
        let letters = ByteAlphabet.letters
        innerSymbols = letters.map { vocabulary.id(of: String($0)) ?? -1 }
        lastSymbols = letters.map { vocabulary.id(of: String($0) + endOfWordSuffix) ?? -1 }
    }

    func appendIDs(of word: [UInt8], to ids: inout [Int32]) {
        ids.append(contentsOf: cache.ids(of: word) { merged(symbols(of: word)) })
    }

    /// The symbols that a word starts from.
    func symbols(of word: [UInt8]) -> [Int32] {
        var symbols: [Int32] = []
        symbols.reserveCapacity(word.count)
        var followsUnknown = false
        for (index, byte) in word.enumerated() {
            let table = index == word.count - 1 ? lastSymbols : innerSymbols
            let symbol = table[Int(byte)]
            if symbol >= 0 {
                symbols.append(symbol)
            } else if let unknown, !(fusesUnknown && followsUnknown) {
                symbols.append(unknown)
            }
            followsUnknown = symbol < 0
        }
        return symbols
    }

    /// Merges the pair of lowest rank, the leftmost of equals, until no pair merges any more.
    ///
    /// A linked list over the symbols and a queue of candidates: taking the next pair by looking at
    /// all of them would take quadratic time, and a request can hold one word of 10,000 letters.
    ///
    /// - Complexity: O(n log n) in the number of symbols.
    func merged(_ start: [Int32]) -> [Int32] {
        guard start.count > 1 else { return start }
        var symbols = start
        let end = symbols.count
        var next = Array(1...end)
        var previous = Array(-1..<(end - 1))
        // The rank of the pair that starts at each symbol: candidates with another rank are stale.
        var ranks = [UInt32](repeating: .max, count: end)
        var queue = MergeQueue(capacity: end)
        for index in 0..<(end - 1) {
            ranks[index] = merges.rank(symbols[index], symbols[index + 1])
            if ranks[index] != .max { queue.push(rank: ranks[index], position: index) }
        }
        while let (rank, index) = queue.pop() {
            guard ranks[index] == rank else { continue }
            let gone = next[index]
            symbols[index] = merges.products[Int(rank)]
            next[index] = next[gone]
            if next[gone] < end { previous[next[gone]] = index }
            ranks[gone] = .max
            ranks[index] = .max
            for left in [previous[index], index] where left >= 0 && next[left] < end {
                ranks[left] = merges.rank(symbols[left], symbols[next[left]])
                if ranks[left] != .max { queue.push(rank: ranks[left], position: left) }
            }
        }
        var result: [Int32] = []
        var index = 0
        while index < end {
            result.append(symbols[index])
            index = next[index]
        }
        return result
    }
}
