/// What is searched for, understood.
///
/// Several terms are combined into one direction: the weighted sum of their vectors.
public struct Query: Sendable {
    /// What the wanted images resemble; may be empty where `text` or `filter` says what is wanted.
    public var terms: [Term]

    /// The words to find to the letter; `nil` to find the words of `terms`, each of them.
    public var text: TextQuery?

    /// What the wanted images don't show, one thing each; the words are looked for as well.
    public var exclusions: [String]

    /// Which images may be found at all; `nil` for all.
    public var filter: Filter?

    /// What of the images is compared.
    public var target: SearchTarget

    /// How it is compared.
    public var method: SearchMethod

    /// Whether the best hits are ordered anew by a reranker that reads their words.
    public var reranks: Bool

    /// How many hits are wanted, 1 or more.
    public var limit: Int

    /// How many of the best hits are passed over first; with a cursor, behind the page that it ended.
    public var offset: Int

    /// Where the page before this one ended, as that page said.
    public var cursor: String?

    /// Creates a query.
    ///
    /// - Parameters:
    ///   - terms: What the wanted images resemble.
    ///   - text: The words to find to the letter.
    ///   - exclusions: What the wanted images don't show.
    ///   - filter: Which images may be found at all.
    ///   - target: What of the images is compared.
    ///   - method: How it is compared.
    ///   - reranks: Whether a reranker orders the best hits anew.
    ///   - limit: How many hits are wanted.
    ///   - offset: How many of the best hits are passed over first.
    ///   - cursor: Where the page before this one ended.
    public init(
        terms: [Term] = [],
        text: TextQuery? = nil,
        exclusions: [String] = [],
        filter: Filter? = nil,
        target: SearchTarget = .all,
        method: SearchMethod = .hybrid,
        reranks: Bool = false,
        limit: Int = 16,
        offset: Int = 0,
        cursor: String? = nil
    ) {
        self.terms = terms
        self.text = text
        self.exclusions = exclusions
        self.filter = filter
        self.target = target
        self.method = method
        self.reranks = reranks
        self.limit = limit
        self.offset = offset
        self.cursor = cursor
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
