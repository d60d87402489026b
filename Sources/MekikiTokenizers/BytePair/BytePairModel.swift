/// Byte-pair encoding of single words, over bytes as in GPT-2 or over scalars as in Llama.
///
/// It merges neighbouring symbols in the order in which the vocabulary's training found them
/// (Sennrich, Haddow and Birch 2016).
struct BytePairModel: WordModel {
    private let alphabet: SymbolAlphabet
    private let merges: MergeTable
    private let unknown: Int32?
    private let fusesUnknown: Bool
    /// Where words that are pieces as they stand are looked up before anything merges.
    private let wholeWords: Vocabulary?
    private let cache = WordCache()

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - alphabet: What words begin as.
    ///   - merges: The merges of those symbols.
    ///   - unknown: The id for what the vocabulary lacks; without one it vanishes.
    ///   - fusesUnknown: Whether neighbouring unknown symbols give one id.
    ///   - wholeWords: Pieces that win over the merges when a whole word is one.
    init(
        alphabet: SymbolAlphabet,
        merges: MergeTable,
        unknown: Int32?,
        fusesUnknown: Bool,
        wholeWords: Vocabulary? = nil
    ) {
        self.alphabet = alphabet
        self.merges = merges
        self.unknown = unknown
        self.fusesUnknown = fusesUnknown
        self.wholeWords = wholeWords
    }

    func appendIDs(of word: [UInt8], to ids: inout [Int32]) {
        ids.append(
            contentsOf: cache.ids(of: word) {
                if let id = wholeWordID(word) { return [id] }
                return merged(symbols(of: word))
            }
        )
    }

    private func wholeWordID(_ word: [UInt8]) -> Int32? {
        guard let wholeWords else { return nil }
        guard case .bytes = alphabet else {
            return word.withUnsafeBufferPointer { wholeWords.id(of: $0) }
        }
        guard word.count <= wholeWords.longestPiece else { return nil }
        var written = String.UnicodeScalarView()
        for byte in word { written.append(ByteAlphabet.letters[Int(byte)]) }
        return wholeWords.id(of: String(written))
    }

    /// The symbols that a word starts from.
    func symbols(of word: [UInt8]) -> [Int32] {
        alphabet.symbols(of: word, unknown: unknown, fusesUnknown: fusesUnknown)
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
