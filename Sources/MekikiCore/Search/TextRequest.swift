/// Which words are searched, and which of the matches are wanted.
public struct TextRequest: Sendable, Hashable {
    /// The kinds of words that are searched.
    public var targets: Set<TextTarget>

    /// How many matches are wanted.
    public var limit: Int

    /// How many of the best are passed over first.
    public var offset: Int

    /// The images that may be found; `nil` for all.
    public var included: ImageSet?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - targets: The kinds of words that are searched.
    ///   - limit: How many matches are wanted.
    ///   - offset: How many of the best are passed over first.
    ///   - included: The images that may be found.
    public init(
        targets: Set<TextTarget> = Set(TextTarget.allCases),
        limit: Int,
        offset: Int = 0,
        included: ImageSet? = nil
    ) {
        self.targets = targets
        self.limit = limit
        self.offset = offset
        self.included = included
    }
}
