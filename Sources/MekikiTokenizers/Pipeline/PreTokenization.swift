/// One stage of splitting normalised text into the words that a model reads.
enum PreTokenization: Sendable {
    /// Where a replacement for blanks is put before words.
    enum Prefixing: String, Sendable {
        case always, first, never
    }

    /// One of the patterns of byte-level vocabularies.
    case rule(SplitRule)
    case pattern(TextPattern, SplitBehavior, isInverted: Bool)
    /// Every scalar of the set is a match of its own.
    case scalars(ScalarSet, SplitBehavior)
    /// Runs of word scalars, and runs of what is neither word nor blank: `\w+|[^\w\s]+`.
    case wordsAndSymbols
    /// SentencePiece's: blanks become visible pieces of the word that follows them.
    case metaspace(Unicode.Scalar, Prefixing, splits: Bool)
    /// A space before every word that has none, as RoBERTa's byte-level vocabularies want.
    case leadingSpace

    func apply(to text: inout SplitText) {
        switch self {
        case .rule(let rule): text.split { rule.words(in: $1, of: $0) }
        case .pattern(let pattern, let behavior, let isInverted):
            text.split { text, word in
                var parts = pattern.parts(of: text.scalars, in: word)
                if isInverted { parts = parts.map { ($0.range, !$0.isMatch) } }
                return behavior.words(parts)
            }
        case .scalars(let set, let behavior):
            text.split { behavior.words(Self.parts(of: $0.scalars, in: $1, by: set)) }
        case .wordsAndSymbols: text.split(Self.wordsAndSymbols)
        case .metaspace(let blank, let prefixing, let splits):
            text.rewrite { Self.visible($0, as: blank, prefixing: prefixing, isFirst: $1) }
            guard splits else { return }
            text.split {
                SplitBehavior.mergedWithNext.words(
                    Self.parts(of: $0.scalars, in: $1, by: .one(blank))
                )
            }
        case .leadingSpace: text.rewrite { word, _ in (word.first == " " ? [] : [" "]) + word }
        }
    }

    /// Divides a part of a text into the scalars of a set, one by one, and what lies between them.
    private static func parts(
        of text: [Unicode.Scalar],
        in range: Range<Int>,
        by set: ScalarSet
    ) -> [(range: Range<Int>, isMatch: Bool)] {
        TextPattern(alternatives: [[.init(set: set, least: 1, most: 1)]]).parts(of: text, in: range)
    }

    private static func wordsAndSymbols(_ text: ClassifiedText, _ range: Range<Int>)
        -> [Range<Int>]
    {
        var words: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let isWord = ScalarSet.word.contains(text.scalars[start])
            guard isWord || text.classes[start] != .space else {
                start += 1
                continue
            }
            var end = start + 1
            while end < range.upperBound, ScalarSet.word.contains(text.scalars[end]) == isWord,
                isWord || text.classes[end] != .space
            { end += 1 }
            words.append(start..<end)
            start = end
        }
        return words
    }

    private static func visible(
        _ word: ArraySlice<Unicode.Scalar>,
        as blank: Unicode.Scalar,
        prefixing: Prefixing,
        isFirst: Bool
    ) -> [Unicode.Scalar] {
        let replaced = word.map { $0 == " " ? blank : $0 }
        guard prefixing == .always || (prefixing == .first && isFirst), replaced.first != blank
        else { return replaced }
        return [blank] + replaced
    }
}
