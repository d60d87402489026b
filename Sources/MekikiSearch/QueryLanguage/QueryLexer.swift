import MekikiCore

/// Cuts a query into tokens, from left to right, looking at each character a few times at most.
struct QueryLexer {
    private let text: QueryText
    private var tokens: [QueryToken] = []
    /// Quotes that were found to have no end: those after them have none either.
    private var unclosed: Set<Character> = []

    private static let closers: [Character: Character] = [
        "\"": "\"", "「": "」", "『": "』", "“": "”", "｢": "｣",
    ]
    private static let longestName = 16
    private static let spelledOr = ["または", "あるいは", "又は"].map(Array.init)

    private init(_ text: QueryText) { self.text = text }

    static func tokens(of text: QueryText) -> [QueryToken] {
        var lexer = QueryLexer(text)
        lexer.read()
        return lexer.tokens
    }

    private mutating func read() {
        var index = 0
        while index < text.count {
            if text.isSpace(index) {
                index += 1
                continue
            }
            let isFirst =
                index == 0 || text.isSpace(index - 1) || text.folded[index - 1] == "|"
                || text.folded[index - 1] == "、"
            let token = token(at: index, isFirst: isFirst)
            tokens.append(token)
            index = max(token.range.upperBound, index + 1)
        }
    }

    private mutating func token(at index: Int, isFirst: Bool) -> QueryToken {
        if text.folded[index] == "|" {
            var end = index
            while end < text.count, text.folded[end] == "|" { end += 1 }
            return QueryToken(kind: .or, range: index..<end)
        }
        if isFirst || text.folded[index] != "\"", let quoted = quoted(at: index) {
            return QueryToken(kind: .phrase(quoted.text), range: index..<quoted.end)
        }
        if isFirst, let token = excluded(at: index) ?? keyed(at: index, from: index) {
            return token
        }
        if let length = orLength(at: index) {
            return QueryToken(kind: .or, range: index..<index + length)
        }
        let end = wordEnd(from: index)
        if isFirst, let prefix = prefix(index..<end) {
            return QueryToken(kind: .prefix(prefix), range: index..<end)
        }
        if text.foldedText(index..<end) == "OR" {
            return QueryToken(kind: .or, range: index..<end)
        }
        if isFirst, let name = unknownName(index..<end) {
            return QueryToken(kind: .unknownKey(name), range: index..<end)
        }
        return QueryToken(kind: .word, range: index..<end)
    }

    /// `-` before a word, a phrase, the beginning of a word, or a key.
    private mutating func excluded(at index: Int) -> QueryToken? {
        let next = index + 1
        guard text.folded[index] == "-", next < text.count, !text.isSpace(next),
            text.folded[next] != "-", text.folded[next] != "|"
        else { return nil }
        if let quoted = quoted(at: next) {
            return QueryToken(
                kind: .excluded(quoted.text, .phrase),
                range: index..<quoted.end
            )
        }
        if let token = keyed(at: next, from: index) { return token }
        let end = wordEnd(from: next)
        guard end > next else { return nil }
        if let prefix = prefix(next..<end) {
            return QueryToken(kind: .excluded(prefix, .prefix), range: index..<end)
        }
        let word = text.text(next..<end)
        guard word.contains(where: { $0.script != .punctuation }) else { return nil }
        return QueryToken(kind: .excluded(word, .word), range: index..<end)
    }

    /// `key:value` or, of numbers and moments, `key>value`.
    private mutating func keyed(at index: Int, from start: Int) -> QueryToken? {
        guard let colon = nameEnd(from: index), let key = QueryKey(text.text(index..<colon))
        else { return nil }
        let name = text.text(index..<colon)
        var place = colon
        if text.folded[colon] == ":" {
            place += 1
        } else {
            guard case .field(let field) = key, field.kind != .text else { return nil }
        }
        let (comparison, length) = comparison(at: place)
        place += length
        guard place < text.count, !text.isSpace(place), text.folded[place] != "|" else {
            return nil
        }
        var value: String
        let end: Int
        if let quoted = quoted(at: place) {
            value = quoted.text
            end = quoted.end
        } else {
            end = wordEnd(from: place)
            value = text.text(place..<end)
            guard !value.hasPrefix("//") else { return nil }
            while let last = value.last, ",、，。;".contains(last) { value.removeLast() }
        }
        guard end > place, value.contains(where: { !$0.separatesWords }) else { return nil }
        return QueryToken(
            kind: .keyed(key, name: name, comparison, value: value, isExcluded: start < index),
            range: start..<end
        )
    }

    private func comparison(at place: Int) -> (QueryToken.Comparison, Int) {
        guard place < text.count else { return (.none, 0) }
        let isFollowedByEqual = place + 1 < text.count && text.folded[place + 1] == "="
        switch text.folded[place] {
        case "≥": return (.greaterOrEqual, 1)
        case "≤": return (.lessOrEqual, 1)
        case ">": return isFollowedByEqual ? (.greaterOrEqual, 2) : (.greater, 1)
        case "<": return isFollowedByEqual ? (.lessOrEqual, 2) : (.less, 1)
        case "=": return (.equal, 1)
        default: return (.none, 0)
        }
    }

    /// Where the colon or comparison after a name stands.
    private func nameEnd(from index: Int) -> Int? {
        var end = index
        while end < text.count, end - index <= Self.longestName {
            let character = text.folded[end]
            if end > index, ":<>=≥≤".contains(character) { return end }
            switch character.script {
            case .hiragana, .katakana, .kanji, .long, .letter: end += 1
            case .digit where end > index: end += 1
            default:
                guard end > index, character == "_" else { return nil }
                end += 1
            }
        }
        return nil
    }

    /// The name of a word that only looks like `key:value`: no time, drive or address does.
    private func unknownName(_ range: Range<Int>) -> String? {
        guard let colon = nameEnd(from: range.lowerBound), text.folded[colon] == ":",
            colon - range.lowerBound > 1, colon + 1 < range.upperBound
        else { return nil }
        let next = text.folded[colon + 1]
        guard next != "/", next != "\\", next != ":" else { return nil }
        return text.text(range.lowerBound..<colon)
    }

    private func prefix(_ range: Range<Int>) -> String? {
        guard range.count > 1, text.folded[range.upperBound - 1] == "*" else { return nil }
        let stem = range.lowerBound..<range.upperBound - 1
        guard !text.folded[stem].contains("*"),
            text.folded[range.upperBound - 2].script != .punctuation
        else { return nil }
        return text.text(stem)
    }

    private func wordEnd(from index: Int) -> Int {
        var end = index
        while end < text.count, !text.isSpace(end), text.folded[end] != "|" {
            if end > index {
                let character = text.folded[end]
                if character != "\"", Self.closers[character] != nil,
                    !unclosed.contains(character)
                {
                    return end
                }
                if orLength(at: end) != nil { return end }
            }
            end += 1
        }
        return end
    }

    /// または as a word of its own, or between two words that are not hiragana.
    private func orLength(at index: Int) -> Int? {
        for word in Self.spelledOr where text.has(word, at: index, before: text.count) {
            let end = index + word.count
            let isAloneBefore = index == 0 || text.isSpace(index - 1)
            let isAloneAfter = end == text.count || text.isSpace(end)
            if isAloneBefore, isAloneAfter { return word.count }
            guard !isAloneBefore, !isAloneAfter else { continue }
            if Self.endsWords(text.folded[index - 1]), Self.endsWords(text.folded[end]) {
                return word.count
            }
        }
        return nil
    }

    private static func endsWords(_ character: Character) -> Bool {
        switch character.script {
        case .kanji, .katakana, .long, .letter, .digit: true
        default: false
        }
    }

    /// The text in quotes and where it ends; within `"` two of them stand for one.
    private mutating func quoted(at index: Int) -> (text: String, end: Int)? {
        let opener = text.folded[index]
        guard let closer = Self.closers[opener], !unclosed.contains(opener) else { return nil }
        var result = ""
        var place = index + 1
        while place < text.count {
            if text.folded[place] == closer {
                let isDoubled =
                    opener == closer && place + 1 < text.count && text.folded[place + 1] == closer
                guard isDoubled else { return (result, place + 1) }
                place += 1
                result.append("\"")
            } else {
                result.append(text.characters[place])
            }
            place += 1
        }
        unclosed.insert(opener)
        return nil
    }
}
