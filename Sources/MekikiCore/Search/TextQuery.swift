/// Words to find to the letter: a choice of lists, in each of which all terms must be there.
///
/// Everything in it is data: no character has a meaning of its own.
public struct TextQuery: Sendable, Hashable {
    /// The choice; an image matches when it has all terms of one of these.
    public var alternatives: [[Term]]

    /// Terms that must not be there.
    public var excluded: [Term]

    /// Creates a query.
    ///
    /// - Parameters:
    ///   - alternatives: The choice.
    ///   - excluded: Terms that must not be there.
    public init(alternatives: [[Term]], excluded: [Term] = []) {
        self.alternatives = alternatives
        self.excluded = excluded
    }

    /// One thing that must be there.
    public struct Term: Sendable, Hashable {
        /// The text as it was written.
        public var text: String

        /// How it is to be found.
        public var kind: Kind

        /// Creates a term.
        ///
        /// - Parameters:
        ///   - text: The text.
        ///   - kind: How it is to be found.
        public init(_ text: String, _ kind: Kind = .word) {
            self.text = text
            self.kind = kind
        }
    }

    /// How a term is to be found.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// Anywhere, in Japanese also within a longer word; elsewhere as a whole word.
        case word
        /// Exactly these words in this order.
        case phrase
        /// At the beginning of a word.
        case prefix
    }
}
