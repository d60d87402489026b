import Synchronization

/// The ids of words that were seen before; captions repeat a few thousand words.
///
/// Bounded: it is emptied when full, and long words, which hardly repeat, stay out.
final class WordCache: Sendable {
    /// Words that are kept at most, about 3 MB.
    static let capacity = 16_384

    /// Longer words are not kept.
    static let longestWord = 64

    private let words = Mutex<[[UInt8]: [Int32]]>([:])

    /// The ids of a word, found or computed.
    func ids(of word: [UInt8], orCompute compute: () -> [Int32]) -> [Int32] {
        guard word.count <= Self.longestWord else { return compute() }
        if let ids = words.withLock({ $0[word] }) { return ids }
        let ids = compute()
        words.withLock { words in
            if words.count >= Self.capacity { words.removeAll(keepingCapacity: true) }
            words[word] = ids
        }
        return ids
    }
}
