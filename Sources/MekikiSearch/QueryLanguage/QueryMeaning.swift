import Foundation
import MekikiCore

/// Makes words, terms, filter, chips and the one spelling of a query's elements.
struct QueryMeaning {
    let text: QueryText
    let input: String
    let parser: QueryParser
    let elements: [QueryElement]

    /// More choices than these would make full text slow.
    private static let mostAlternatives = 64
    /// More chips than these nobody looks at.
    private static let mostChips = 128

    func parsed(_ hints: [String]) -> ParsedQuery {
        var hints = hints
        var excluded: [(String, QueryToken.ExcludedForm)] = []
        var filters: [Filter] = []
        var words: [String] = []
        for element in elements {
            switch element.content {
            case .excluded(let name, let form, _): excluded.append((name, form))
            case .condition(let condition): filters.append(filter(condition))
            case .anyCondition(let choices): filters.append(.any(choices.map(filter)))
            case .anyText(let choices): words += choices.compactMap(vectorWords)
            default: words += [vectorWords(element.content)].compactMap(\.self)
            }
        }
        let alternatives = alternatives(&hints)
        let excludedTerms = excluded.map { name, form in
            TextQuery.Term(name, form == .word ? .word : form == .phrase ? .phrase : .prefix)
        }
        return ParsedQuery(
            words: words.joined(separator: " "),
            text: alternatives.isEmpty
                ? nil : TextQuery(alternatives: alternatives, excluded: excludedTerms),
            exclusions: excluded.map(\.0),
            filter: filters.count > 1 ? .all(filters) : filters.first,
            chips: chips(),
            hints: hints,
            description: spelling()
        )
    }

    private func vectorWords(_ content: QueryElement.Content) -> String? {
        switch content {
        case .words(let words, _), .phrase(let words): words
        default: nil
        }
    }

    // MARK: Full text

    /// The choices of terms; each element multiplies them.
    private func alternatives(_ hints: inout [String]) -> [[TextQuery.Term]] {
        var result: [[TextQuery.Term]] = [[]]
        for element in elements {
            var choices: [[TextQuery.Term]]
            var strict: [[TextQuery.Term]]
            if case .anyText(let contents) = element.content {
                choices = contents.map { terms($0).strict }
                strict = choices
            } else {
                let terms = terms(element.content)
                choices = terms.choices
                strict = terms.strict.isEmpty ? [] : [terms.strict]
            }
            choices.removeAll(where: \.isEmpty)
            strict.removeAll(where: \.isEmpty)
            guard !choices.isEmpty else { continue }
            if choices.count * result.count > Self.mostAlternatives { choices = strict }
            guard choices.count * result.count <= Self.mostAlternatives else {
                hints.append("Too many alternatives: some of the last ones count by meaning alone.")
                continue
            }
            result = result.flatMap { first in choices.map { first + $0 } }
        }
        return result.filter { !$0.isEmpty }
    }

    private func terms(_ content: QueryElement.Content)
        -> (strict: [TextQuery.Term], choices: [[TextQuery.Term]])
    {
        switch content {
        case .words(let words, _):
            let terms = TextTerms(words)
            return (terms.terms.prefix(64).map { TextQuery.Term($0) }, terms.alternatives)
        case .phrase(let words):
            let term = TextQuery.Term(words, .phrase)
            return ([term], [[term]])
        case .prefix(let stem):
            let term = TextQuery.Term(stem, .prefix)
            return ([term], [[term]])
        default: return ([], [])
        }
    }

    // MARK: Filters

    private func filter(_ condition: QueryElement.Condition) -> Filter {
        let relation: FilterCondition.Relation
        switch condition.statement {
        case .value(let value): relation = value
        case .period(let period):
            let isUTC = condition.field == .added
            relation = .moment(
                from: period.from.map { isUTC ? universal($0) : $0.text },
                before: period.before.map { isUTC ? universal($0) : $0.text }
            )
        }
        let filter = Filter.condition(FilterCondition(condition.field, relation))
        return condition.isExcluded ? .not(filter) : filter
    }

    /// A local time as UTC has it.
    private func universal(_ time: LocalTime) -> String {
        let (year, month, day) = time.date
        let parts = DateComponents(year: year, month: month, day: day)
        guard let start = parser.calendar.date(from: parts) else { return time.text }
        let rest = time.seconds - LocalTime(year, month, day).seconds
        return LocalTime(seconds: Int(start.timeIntervalSince1970.rounded(.down)) + rest).text
    }

    // MARK: The one spelling

    private func spelling() -> String {
        var parts: [String] = []
        var followsWords = false
        for element in elements {
            switch element.content {
            case .words(let words, let isLiteral):
                // Two parts of bare words would be read as one.
                let isBare = !isLiteral && !followsWords && isPlain(words)
                parts.append(QueryElement.text(of: .words(words, isLiteral: !isBare)))
                followsWords = isBare
            case .anyText(let choices):
                let spelled = choices.map { choice in
                    guard case .words(let words, _) = choice, isPlain(words),
                        !words.contains(where: \.separatesWords)
                    else { return QueryElement.text(of: choice) }
                    return words
                }
                parts.append(spelled.joined(separator: " OR "))
                followsWords = false
            default:
                parts.append(QueryElement.text(of: element.content))
                followsWords = false
            }
        }
        return parts.joined(separator: " ")
    }

    /// Whether words are read as the same words, with nothing understood in them.
    private func isPlain(_ words: String) -> Bool {
        var hints: [String] = []
        let text = QueryText(words)
        let elements = parser.elements(of: text, &hints)
        // A quote without an end would find one in what follows.
        guard !text.isCut, !text.folded.contains(where: "\"「」『』“”｢｣".contains),
            elements.count == 1,
            case .words(words, isLiteral: false) = elements[0].content
        else { return false }
        return QueryLexer.tokens(of: text).allSatisfy {
            switch $0.kind {
            case .word, .unknownKey, .keyed: true
            default: false
            }
        }
    }

    // MARK: Chips

    private func chips() -> [QueryChip] {
        var chips: [QueryChip] = []
        var previous: Range<Int>?
        for element in elements {
            guard let (kind, japanese, english) = QueryLabels.label(element.content) else {
                continue
            }
            guard element.range != previous else {
                // 猫と犬以外 excludes two things and is one part of the input.
                if let last = chips.indices.last, case .excluded(let name, _, _) = element.content {
                    chips[last].japaneseLabel = chips[last].japaneseLabel.replacing(
                        "を除く",
                        with: "、\(name)を除く"
                    )
                    chips[last].englishLabel += ", \(name)"
                }
                continue
            }
            guard chips.count < Self.mostChips else { break }
            previous = element.range
            let range = text.trimmed(element.range)
            let isNatural =
                switch element.content {
                case .excluded(_, _, let isNatural): isNatural
                case .condition(let condition): condition.isNatural
                default: false
                }
            let source = text.text(range)
            chips.append(
                QueryChip(
                    kind: kind,
                    source: source,
                    range: text.utf16(range),
                    japaneseLabel: japanese,
                    englishLabel: english,
                    inputWithout: replacing(range, with: ""),
                    inputAsWords: isNatural
                        ? replacing(range, with: "words:" + QueryRendering.quoted(source)) : nil
                )
            )
        }
        return chips
    }

    private func replacing(_ range: Range<Int>, with other: String) -> String {
        let before = text.text(text.trimmed(0..<range.lowerBound))
        let after = text.text(text.trimmed(range.upperBound..<text.count))
        return [before, other, after].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
