/// WordPiece (Schuster and Nakajima 2012), as BERT uses it: the longest piece first, and a word with
/// any part unknown is unknown as a whole.
struct WordPieceModel: WordModel {
    private let vocabulary: Vocabulary
    private let prefix: [UInt8]
    private let unknown: Int32
    private let longestWord: Int
    private let longestPiece: Int
    private let cache = WordCache()

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - vocabulary: The pieces.
    ///   - prefix: What pieces within a word begin with, such as `##`.
    ///   - unknown: The id of unknown words.
    ///   - longestWord: Longer words, in scalars, are unknown.
    init(vocabulary: Vocabulary, prefix: String, unknown: Int32, longestWord: Int) {
        self.vocabulary = vocabulary
        self.prefix = Array(prefix.utf8)
        self.unknown = unknown
        self.longestWord = longestWord
        longestPiece = vocabulary.longestPiece
    }

    func appendIDs(of word: [UInt8], to ids: inout [Int32]) {
        ids.append(contentsOf: cache.ids(of: word) { pieces(of: word) })
    }

    /// The pieces of one word.
    ///
    /// - Complexity: O(n) look-ups times the length of the longest piece.
    private func pieces(of word: [UInt8]) -> [Int32] {
        guard word.count(where: { $0 & 0xC0 != 0x80 }) <= longestWord else { return [unknown] }
        var ids: [Int32] = []
        var start = 0
        while start < word.count {
            let head = start == 0 ? [] : prefix
            // No longer text than the longest piece can be one.
            var end = min(word.count, start + max(0, longestPiece - head.count))
            while end < word.count, end > start, word[end] & 0xC0 == 0x80 { end -= 1 }
            var buffer = head + word[start..<end]
            var found: Int32?
            while end > start {
                found = buffer.withUnsafeBufferPointer { vocabulary.id(of: $0) }
                if found != nil { break }
                repeat {
                    end -= 1
                    buffer.removeLast()
                } while end > start && word[end] & 0xC0 == 0x80
            }
            guard let found else { return [unknown] }
            ids.append(found)
            start = end
        }
        return ids
    }
}
