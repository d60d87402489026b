import MekikiCore

/// A part of a query, in the order in which it was written.
struct QueryElement {
    var content: Content
    /// The characters of the input.
    var range: Range<Int>

    enum Content {
        /// Natural words; literal ones stood behind `words:`.
        case words(String, isLiteral: Bool)
        case phrase(String)
        case prefix(String)
        case excluded(String, QueryToken.ExcludedForm, isNatural: Bool)
        case condition(Condition)
        /// One of these words, phrases and prefixes.
        case anyText([Content])
        /// One of these conditions.
        case anyCondition([Condition])
    }

    /// A statement, or its opposite.
    struct Condition {
        var field: FilterField
        var statement: Statement
        var isExcluded = false
        /// Whether it was said in natural words.
        var isNatural = false

        enum Statement {
            case value(FilterCondition.Relation)
            case period(DatePeriod)
        }

        /// Its one spelling.
        var text: String {
            switch statement {
            case .value(let relation):
                return (isExcluded ? "-" : "")
                    + FilterValue(condition: FilterCondition(field, relation)).text
            case .period(let period):
                return "\(isExcluded ? "-" : "")\(field.rawValue):\(period.text)"
            }
        }
    }

    /// The one spelling of words and operators.
    static func text(of content: Content) -> String {
        switch content {
        case .words(let words, let isLiteral):
            isLiteral ? "words:" + QueryRendering.quoted(words) : words
        case .phrase(let words): QueryRendering.quoted(words)
        case .prefix(let stem): stem + "*"
        case .excluded(let word, .word, _): "-" + word
        case .excluded(let word, .phrase, _): "-" + QueryRendering.quoted(word)
        case .excluded(let stem, .prefix, _): "-" + stem + "*"
        case .condition(let condition): condition.text
        case .anyText(let choices): choices.map { text(of: $0) }.joined(separator: " OR ")
        case .anyCondition(let choices): choices.map(\.text).joined(separator: " OR ")
        }
    }
}

extension DatePeriod {
    /// `2024-06-01..2024-08-31`, with times where it isn't made of whole days.
    var text: String {
        let areDays = from?.isMidnight ?? true && before?.isMidnight ?? true
        guard areDays else {
            let last = before.map { LocalTime(seconds: $0.seconds - 1) }
            return "\(from?.text ?? "")..\(last?.text ?? "")"
        }
        return "\(from?.dayText ?? "")..\(before?.adding(days: -1).dayText ?? "")"
    }
}
