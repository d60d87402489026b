import Foundation
import MekikiCore

/// Reads a query's text: words, `key:value`, exclusions, alternatives, phrases and dates.
///
/// Nothing is an error: what can't be understood is words, with a hint where it looked like more. The
/// grammar is in `Documentation/query-language.md`. The time taken grows with the text's length alone,
/// and no more than 10,000 UTF-16 units are read.
public struct QueryParser: Sendable {
    let today: LocalTime
    let calendar: Calendar

    /// Creates a parser for queries that are asked at a moment.
    ///
    /// - Parameters:
    ///   - now: The moment, from which 昨年 and "last summer" count.
    ///   - timeZone: Where it is asked: what "today" means there.
    public init(now: Date, timeZone: TimeZone = .current) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day], from: now)
        today = LocalTime(parts.year ?? 1970, parts.month ?? 1, parts.day ?? 1)
        self.calendar = calendar
    }

    /// Understands a query.
    ///
    /// - Parameter input: What somebody typed.
    /// - Returns: What it means.
    public func parse(_ input: String) -> ParsedQuery {
        let text = QueryText(input)
        var hints: [String] = []
        if text.isCut {
            hints.append("Only the first \(QueryText.limit) characters of the query were read.")
        }
        let elements = elements(of: text, &hints)
        return QueryMeaning(text: text, input: input, parser: self, elements: elements).parsed(
            hints
        )
    }

    /// The things that natural words leave out, with the words that stay.
    ///
    /// - Parameter words: Words without operators.
    /// - Returns: The other words, and the things one by one.
    public func exclusions(in words: String) -> (words: String, things: [String]) {
        let text = QueryText(words)
        var rest: [String] = []
        var things: [String] = []
        for element in NaturalWords(text: text, today: today).elements(in: 0..<text.count) {
            switch element.content {
            case .excluded(let name, _, _): things.append(name)
            default: rest.append(text.text(element.range))
            }
        }
        return (rest.joined(separator: " "), things)
    }

    func elements(of text: QueryText, _ hints: inout [String]) -> [QueryElement] {
        var tokens = QueryLexer.tokens(of: text)
        for index in tokens.indices {
            if case .unknownKey(let name) = tokens[index].kind {
                if hints.count < 10 { hints.append(Self.hint(unknown: name)) }
                tokens[index].kind = .word
            } else if case .excluded(let name, _) = tokens[index].kind,
                name.allSatisfy(\.separatesWords)
            {
                tokens[index].kind = .word
            }
        }
        let contents = tokens.map { content(of: $0, text, &hints) }
        var result: [QueryElement] = []
        var run: Range<Int>?
        func closeRun() {
            if let range = run {
                result += NaturalWords(text: text, today: today).elements(in: range)
            }
            run = nil
        }
        var index = 0
        while index < tokens.count {
            let range = tokens[index].range
            if let (end, content) = alternatives(tokens, contents, index, text, &hints) {
                closeRun()
                let whole = range.lowerBound..<tokens[end - 1].range.upperBound
                result.append(QueryElement(content: content, range: whole))
                index = end
                continue
            }
            if let content = contents[index] {
                closeRun()
                result.append(QueryElement(content: content, range: range))
            } else if case .phrase = tokens[index].kind {
                // Empty quotes say nothing.
                closeRun()
            } else if case .or = tokens[index].kind, tokens.count > 1 {
                // With nothing to join on one of its sides, it says nothing either.
                closeRun()
            } else {
                run = (run?.lowerBound ?? range.lowerBound)..<range.upperBound
            }
            index += 1
        }
        closeRun()
        return result
    }

    /// What a token is by itself; `nil` for words.
    private func content(
        of token: QueryToken,
        _ text: QueryText,
        _ hints: inout [String]
    ) -> QueryElement.Content? {
        switch token.kind {
        case .word, .or, .unknownKey: return nil
        case .phrase(let words):
            return words.allSatisfy(\.separatesWords) ? nil : .phrase(words)
        case .prefix(let stem): return .prefix(stem)
        case .excluded(let name, let form): return .excluded(name, form, isNatural: false)
        case .keyed(.words, _, let comparison, let value, let isExcluded):
            guard comparison == .none else { return nil }
            return isExcluded
                ? .excluded(value, .phrase, isNatural: false) : .words(value, isLiteral: true)
        case .keyed(.field(let field), let name, let comparison, let value, let isExcluded):
            if let statement = statement(field, comparison, value) {
                return .condition(
                    QueryElement.Condition(
                        field: field,
                        statement: statement,
                        isExcluded: isExcluded
                    )
                )
            }
            if hints.count < 10 {
                hints.append(
                    "“\(value)” is no value of “\(name)”, so “\(text.text(token.range))” is searched as words."
                )
            }
            return nil
        }
    }

    private func statement(
        _ field: FilterField,
        _ comparison: QueryToken.Comparison,
        _ value: String
    ) -> QueryElement.Condition.Statement? {
        guard field.kind == .moment else {
            return FilterValue.condition(field, comparison, value).map { .value($0.relation) }
        }
        let text = QueryText(value)
        let folded = text.foldedText(text.trimmed(0..<text.count))
        guard
            let period = DateText.period(folded) ?? JapaneseDate(today: today).period(folded)
                ?? EnglishDate(today: today).period(folded)
        else { return nil }
        let result =
            switch comparison {
            case .none, .equal: period
            case .less: period.earlier
            case .lessOrEqual: period.upToEnd
            case .greater: period.later
            case .greaterOrEqual: period.onwards
            }
        // Times beyond the year 9999 have no spelling that can be compared.
        let last = LocalTime(10_000)
        let first = LocalTime(1)
        let from = result.from.flatMap { $0 >= first ? $0 : nil }
        let before = result.before.flatMap { $0 < last ? $0 : nil }
        guard from != nil || before != nil, from.map({ $0 < last }) ?? true else { return nil }
        return .period(DatePeriod(from: from, before: before))
    }

    /// The chain of `OR` that begins with a token, and where it ends.
    private func alternatives(
        _ tokens: [QueryToken],
        _ contents: [QueryElement.Content?],
        _ start: Int,
        _ text: QueryText,
        _ hints: inout [String]
    ) -> (Int, QueryElement.Content)? {
        func isOr(_ index: Int) -> Bool {
            if index < tokens.count, case .or = tokens[index].kind { return true }
            return false
        }
        guard !isOr(start), isOr(start + 1), start + 2 < tokens.count, !isOr(start + 2) else {
            return nil
        }
        var texts: [QueryElement.Content] = []
        var conditions: [QueryElement.Condition] = []
        var index = start
        while true {
            switch contents[index] {
            case .condition(let condition) where texts.isEmpty: conditions.append(condition)
            case .words(let words, _) where conditions.isEmpty:
                texts.append(.words(words, isLiteral: true))
            case .phrase(let words) where conditions.isEmpty: texts.append(.phrase(words))
            case .prefix(let stem) where conditions.isEmpty: texts.append(.prefix(stem))
            case nil where conditions.isEmpty:
                if case .word = tokens[index].kind {
                    texts.append(word(tokens[index]))
                } else if case .keyed = tokens[index].kind {
                    texts.append(word(tokens[index]))
                } else {
                    return nil
                }
            default:
                // The other kind ends the chain.
                if texts.count + conditions.count < 2 {
                    if hints.count < 10 {
                        hints.append("OR stands between words, or between filters of key:value.")
                    }
                    return nil
                }
                index -= 2
                return (index + 1, texts.isEmpty ? .anyCondition(conditions) : .anyText(texts))
            }
            guard isOr(index + 1), index + 2 < tokens.count, !isOr(index + 2) else { break }
            index += 2
        }
        return (index + 1, texts.isEmpty ? .anyCondition(conditions) : .anyText(texts))

        func word(_ token: QueryToken) -> QueryElement.Content {
            .words(text.text(token.range), isLiteral: true)
        }
    }

    private static func hint(unknown name: String) -> String {
        guard let nearest = QueryKey.nearest(to: name) else {
            return "“\(name)” is no key, so it is searched as words."
        }
        return "“\(name)” is no key, so it is searched as words; did you mean “\(nearest):”?"
    }
}
