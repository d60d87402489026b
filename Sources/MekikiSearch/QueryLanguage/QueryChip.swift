/// A part of a query that was understood as something else than words: a page shows it, and takes
/// it out again.
public struct QueryChip: Sendable, Hashable {
    /// What it was understood as.
    public var kind: Kind

    /// The part of the input, as it was written.
    public var source: String

    /// Where that stands, in UTF-16 units: as browsers count.
    public var range: Range<Int>

    /// What it means, in Japanese.
    public var japaneseLabel: String

    /// What it means, in English.
    public var englishLabel: String

    /// The input without this part.
    public var inputWithout: String

    /// The input with this part taken literally; `nil` where an operator made it what it is.
    public var inputAsWords: String?

    /// What a part of a query was understood as.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A condition, such as `steps:>20`.
        case filter
        /// What is not wanted.
        case exclusion
        /// When the picture was taken, in natural words.
        case date
        /// Words in this order.
        case phrase
        /// The beginning of a word.
        case prefix
        /// Several things of which one is enough.
        case alternative
    }
}
