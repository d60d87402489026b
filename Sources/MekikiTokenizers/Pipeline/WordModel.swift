/// The part of a tokenizer that knows a vocabulary: turns one word into ids.
protocol WordModel: Sendable {
    /// Appends the ids of a word.
    ///
    /// - Parameters:
    ///   - word: The word in UTF-8, never empty.
    ///   - ids: Receives the ids.
    func appendIDs(of word: [UInt8], to ids: inout [Int32])
}
