/// A piece of a text with what matched in it.
public struct TextSnippet: Sendable, Hashable {
    /// Which text it comes from; `nil` for the name of a file.
    public var textID: ImageTextID?

    /// The kind of words.
    public var target: TextTarget

    /// The piece, with "…" where it was cut.
    public var text: String

    /// What matched: ranges of Unicode scalars of `text`, in order, apart from each other.
    public var marks: [Range<Int>]

    /// Creates a snippet.
    ///
    /// - Parameters:
    ///   - textID: Which text it comes from.
    ///   - target: The kind of words.
    ///   - text: The piece.
    ///   - marks: What matched.
    public init(textID: ImageTextID?, target: TextTarget, text: String, marks: [Range<Int>]) {
        self.textID = textID
        self.target = target
        self.text = text
        self.marks = marks
    }
}
