/// The patterns that split normalised text into words.
///
/// Vocabularies come with a regular expression. The two that byte-level vocabularies use are written
/// out here: they have to mean the same on every platform, and to take linear time.
enum SplitRule: Sendable, CaseIterable {
    /// CLIP's: special tokens, English contractions, runs of letters, single digits, runs of the
    /// rest; blanks fall away.
    case clip
    /// GPT-2's: contractions, and runs of letters, digits, the rest, each with one leading space;
    /// blanks are kept.
    case gpt2

    /// The regular expression as tokenizer files write it.
    var pattern: String {
        switch self {
        case .clip:
            #"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|"#
                + #"[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
        case .gpt2:
            #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
        }
    }

    /// Splits a part of a text.
    ///
    /// - Parameters:
    ///   - range: The part.
    ///   - text: The text, with the classes of its scalars.
    /// - Returns: The words in order.
    func words(in range: Range<Int>, of text: ClassifiedText) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let end: Int
            switch self {
            case .clip: end = Self.clipMatch(at: position, before: range.upperBound, in: text)
            case .gpt2: end = Self.gpt2Match(at: position, before: range.upperBound, in: text)
            }
            if end > position { words.append(position..<end) }
            position = max(end, position + 1)
        }
        return words
    }

    /// The end of CLIP's match at a position; the position itself when nothing matches there.
    private static func clipMatch(at start: Int, before limit: Int, in text: ClassifiedText) -> Int
    {
        for token in markers where text.contains(token, at: start, before: limit) {
            return start + token.count
        }
        if let end = contraction(at: start, before: limit, in: text) { return end }
        switch text.classes[start] {
        case .space: return start
        case .number: return start + 1
        case .letter, .other: return text.runEnd(from: start, before: limit)
        }
    }

    /// The end of GPT-2's match at a position; one of its alternatives always matches.
    private static func gpt2Match(at start: Int, before limit: Int, in text: ClassifiedText) -> Int
    {
        if let end = contraction(at: start, before: limit, in: text) { return end }
        guard text.classes[start] == .space else { return text.runEnd(from: start, before: limit) }
        let following = start + 1
        if text.scalars[start] == " ", following < limit, text.classes[following] != .space {
            return text.runEnd(from: following, before: limit)
        }
        // The last blank of a run is left to the word that follows it.
        let end = text.runEnd(from: start, before: limit)
        return end == limit || end - start == 1 ? end : end - 1
    }

    private static func contraction(
        at start: Int,
        before limit: Int,
        in text: ClassifiedText
    ) -> Int? {
        guard text.scalars[start] == "'" else { return nil }
        for ending in contractions where text.contains(ending, at: start, before: limit) {
            return start + ending.count
        }
        return nil
    }

    private static let markers = ["<|startoftext|>", "<|endoftext|>"]
        .map { Array($0.unicodeScalars) }

    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"]
        .map { Array($0.unicodeScalars) }
}
