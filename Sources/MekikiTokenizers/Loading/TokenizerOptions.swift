/// What a model wants of its tokenizer that the tokenizer's files don't say.
public struct TokenizerOptions: Sendable, Equatable {
    /// Whether texts are put in lower case before anything else; `nil` does what the files say.
    public var lowercases: Bool?

    /// The special tokens before every text; `nil` takes those that the files name.
    public var start: [String]?

    /// The special tokens after every text; `nil` takes those that the files name.
    public var end: [String]?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - lowercases: Whether texts are put in lower case before anything else.
    ///   - start: The special tokens before every text, such as `["[CLS]"]`.
    ///   - end: The special tokens after every text, such as `["</s>"]`; an empty list for none.
    public init(lowercases: Bool? = nil, start: [String]? = nil, end: [String]? = nil) {
        self.lowercases = lowercases
        self.start = start
        self.end = end
    }
}
