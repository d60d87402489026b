/// A token of full text.
struct TextToken: Sendable, Equatable {
    /// The text that is compared: folded.
    var text: String

    /// The Unicode scalars of the original that it comes from.
    var range: Range<Int>

    /// Whether it is the one character that ends a run of bigrams.
    var endsRun: Bool

    /// Whether the token is of a script that is written without spaces.
    var isUnspaced: Bool
}
