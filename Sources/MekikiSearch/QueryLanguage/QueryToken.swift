/// A piece of a query between spaces, or what its operator makes of it.
struct QueryToken {
    var kind: Kind
    var range: Range<Int>

    enum Kind {
        /// A word, or a Japanese sentence.
        case word
        /// Words in quotes.
        case phrase(String)
        /// The beginning of a word.
        case prefix(String)
        /// `-word`, `-"phrase"` or `-prefix*`.
        case excluded(String, ExcludedForm)
        /// `key:value`, with its comparison.
        case keyed(QueryKey, name: String, Comparison, value: String, isExcluded: Bool)
        /// `OR` between two others.
        case or
        /// A word that looks like `key:value` and isn't.
        case unknownKey(String)
    }

    enum ExcludedForm { case word, phrase, prefix }

    enum Comparison: String {
        case none = "", equal = "=", less = "<", lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }
}
