import MekikiCore

/// A query in tokens, for SQLite and for looking through texts by hand.
struct FullTextQuery {
    /// A term as the tokens that must stand in a row.
    struct Phrase: Equatable {
        var tokens: [String]

        /// Whether the last token need only be the beginning of one.
        var isPrefix: Bool

        /// MeCab's words of the term, which only order.
        var words: [String]
    }

    private(set) var alternatives: [[Phrase]]
    private(set) var excluded: [Phrase]

    /// Divides a query's terms; terms without anything to find are left out, and `nil` is left of nothing.
    ///
    /// - Parameter query: The query.
    init?(_ query: TextQuery) {
        alternatives = query.alternatives.map { $0.compactMap(Self.phrase) }
            .filter { !$0.isEmpty }
        excluded = query.excluded.compactMap(Self.phrase)
        guard !alternatives.isEmpty else { return nil }
    }

    private static func phrase(_ term: TextQuery.Term) -> Phrase? {
        var tokens = TextTokenizer.tokens(of: term.text)
        tokens.removeAll { $0.text == TextTokenizer.division }
        guard let last = tokens.last else { return nil }
        let words = WordSegmenter.shared?.orderingWords(of: term.text) ?? []
        var isPrefix = term.kind == .prefix && !last.isUnspaced
        if last.endsRun {
            let isAlone =
                tokens.count < 2 || tokens[tokens.count - 2].endsRun
                || !tokens[tokens.count - 2].isUnspaced
            if isAlone {
                // One character is the beginning of a pair, wherever it stands.
                isPrefix = true
            } else {
                // In a text the run may go on.
                tokens.removeLast()
            }
        }
        return Phrase(
            tokens: tokens.map(\.text),
            isPrefix: isPrefix,
            words: words
        )
    }

    // MARK: For SQLite

    /// The query in SQLite's words.
    ///
    /// Tokens consist of letters, digits and symbols alone and are quoted, so no character of a query has a
    /// meaning there.
    ///
    /// - Parameter targets: The kinds of words, at least one.
    /// - Returns: An expression for `MATCH`.
    func expression(_ targets: Set<TextTarget>) -> String {
        let choices = alternatives.map { phrases in
            "(" + phrases.map(Self.expression).joined(separator: " AND ") + ")"
        }
        return Self.filtered(choices.joined(separator: " OR "), targets, excluded)
    }

    /// The same, for those texts only that have all of MeCab's words of an alternative.
    ///
    /// - Parameter targets: The kinds of words, at least one.
    /// - Returns: An expression for `MATCH`; `nil` where the words make no difference.
    func wordExpression(_ targets: Set<TextTarget>) -> String? {
        guard alternatives.contains(where: { $0.contains { !$0.words.isEmpty } }) else {
            return nil
        }
        let choices = alternatives.map { phrases in
            let parts = phrases.flatMap { phrase in
                [Self.expression(phrase)]
                    + phrase.words.map { "\"\(FullTextTokenizer.wordMark)\($0)\"" }
            }
            return "(" + parts.joined(separator: " AND ") + ")"
        }
        return Self.filtered(choices.joined(separator: " OR "), targets, excluded)
    }

    private static func filtered(
        _ expression: String,
        _ targets: Set<TextTarget>,
        _ excluded: [Phrase]
    ) -> String {
        let columns = TextTarget.allCases.filter(targets.contains).map(\.rawValue)
        let wanted = "{\(columns.joined(separator: " "))} : (\(expression))"
        guard !excluded.isEmpty else { return wanted }
        // What is not wanted is not wanted anywhere.
        let others = excluded.map(Self.expression).joined(separator: " OR ")
        return "(\(wanted)) NOT (\(others))"
    }

    private static func expression(_ phrase: Phrase) -> String {
        let tokens = phrase.tokens.map { "\"\($0)\"" }.joined(separator: " + ")
        return phrase.isPrefix ? tokens + " *" : tokens
    }

    // MARK: By hand

    /// Whether texts match.
    ///
    /// - Parameters:
    ///   - texts: The tokens of an image's words, one list for each kind.
    ///   - targets: The kinds of words that are searched.
    /// - Returns: Whether they do.
    func matches(_ texts: [TextTarget: [TextToken]], _ targets: Set<TextTarget>) -> Bool {
        let searched = texts.filter { targets.contains($0.key) }.values
        let isWanted = alternatives.contains { phrases in
            phrases.allSatisfy { phrase in searched.contains { !phrase.places(in: $0).isEmpty } }
        }
        guard isWanted else { return false }
        return !excluded.contains { phrase in
            texts.values.contains { !phrase.places(in: $0).isEmpty }
        }
    }

    /// All phrases that may stand in a text.
    var wanted: [Phrase] { alternatives.flatMap(\.self) }
}

extension FullTextQuery.Phrase {
    /// Where the phrase stands in a text.
    ///
    /// - Parameter text: The text's tokens.
    /// - Returns: For each place the numbers of its tokens.
    func places(in text: [TextToken]) -> [Range<Int>] {
        guard text.count >= tokens.count else { return [] }
        return (0...text.count - tokens.count).compactMap { start in
            let fits = tokens.indices.allSatisfy { index in
                let token = text[start + index].text
                return isPrefix && index == tokens.count - 1
                    ? token.utf8.starts(with: tokens[index].utf8)
                    : token.utf8.elementsEqual(tokens[index].utf8)
            }
            return fits ? start..<start + tokens.count : nil
        }
    }
}
