import MekikiSearch

/// What was understood of a query's text, as JSON.
public struct UnderstoodDocument: Encodable, Sendable {
    /// The query in one spelling, which means the same.
    public var query: String
    /// The words that are compared by meaning.
    public var words: String
    /// What must not be there.
    public var exclusions: [String]
    /// The parts with a meaning of their own, in their order.
    public var chips: [ChipDocument]
    /// What may have been meant otherwise, one sentence each.
    public var hints: [String]

    /// Describes a parsed query.
    ///
    /// - Parameter parsed: The query.
    public init(_ parsed: ParsedQuery) {
        query = parsed.description
        words = parsed.words
        exclusions = parsed.exclusions
        chips = parsed.chips.map(ChipDocument.init)
        hints = parsed.hints
    }

    /// A part of a query as JSON.
    public struct ChipDocument: Encodable, Sendable {
        /// What it is.
        public var kind: String
        /// The part as it was written.
        public var source: String
        /// The first of its UTF-16 units in the query.
        public var start: Int
        /// The unit behind its last.
        public var end: Int
        /// What it means, in Japanese.
        public var japaneseLabel: String
        /// What it means, in English.
        public var englishLabel: String
        /// The query without it.
        public var queryWithout: String
        /// The query with it as plain words; `nil` where it was not natural language.
        public var queryAsWords: String?

        /// Describes a part.
        ///
        /// - Parameter chip: The part.
        public init(_ chip: QueryChip) {
            kind = chip.kind.rawValue
            source = chip.source
            start = chip.range.lowerBound
            end = chip.range.upperBound
            japaneseLabel = chip.japaneseLabel
            englishLabel = chip.englishLabel
            queryWithout = chip.inputWithout
            queryAsWords = chip.inputAsWords
        }
    }
}
