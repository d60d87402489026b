/// What is searched for.
///
/// Several terms are combined into one direction: the weighted sum of their vectors.
public struct Query: Sendable {
    /// What the wanted images resemble, at least one.
    public var terms: [Term]

    /// How many hits are wanted, 1 or more.
    public var limit: Int

    /// How many of the best hits are passed over first.
    public var offset: Int

    /// Creates a query.
    ///
    /// - Parameters:
    ///   - terms: What the wanted images resemble.
    ///   - limit: How many hits are wanted.
    ///   - offset: How many of the best hits are passed over first.
    public init(terms: [Term], limit: Int = 16, offset: Int = 0) {
        self.terms = terms
        self.limit = limit
        self.offset = offset
    }

    /// One thing that the wanted images resemble.
    public struct Term: Sendable {
        /// What it is.
        public var content: Content

        /// Its share in the sum; negative to move away from it.
        public var weight: Float

        /// Creates a term.
        ///
        /// - Parameters:
        ///   - content: What it is.
        ///   - weight: Its share in the sum.
        public init(_ content: Content, weight: Float = 1) {
            self.content = content
            self.weight = weight
        }
    }

    /// The kinds of thing that can be searched for.
    public enum Content: Sendable {
        /// Words in any language that the model knows.
        case words(String)
        /// A picture that need not be in the library.
        case picture(PixelBuffer)
        /// An image in the library; it is left out of its own results.
        case like(ImageID)
    }
}
