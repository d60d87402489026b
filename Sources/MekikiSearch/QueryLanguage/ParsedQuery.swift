import MekikiCore

/// What a query's text was understood as.
public struct ParsedQuery: Sendable, Equatable, CustomStringConvertible {
    /// The words that vectors are made of, without operators; empty where there are none.
    public var words: String

    /// The words to find to the letter; `nil` where there are none.
    public var text: TextQuery?

    /// What is not wanted, one thing each; full text leaves these out as well.
    public var exclusions: [String]

    /// The conditions; `nil` for none.
    public var filter: Filter?

    /// What was understood as something else than words, in the order of the input.
    public var chips: [QueryChip]

    /// What the user should know, one English sentence each.
    public var hints: [String]

    /// The query in its one spelling: parsed again it has the same words, text, exclusions and
    /// filter, at any later time.
    public var description: String
}
