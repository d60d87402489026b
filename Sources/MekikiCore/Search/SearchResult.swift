/// One page of results.
public struct SearchResult: Sendable, Equatable {
    /// The hits of this page, best first; equals stand in the order of their ids.
    public var hits: [Hit]

    /// How many images the query finds in all: for searches by meaning every image that may be found.
    public var total: Int

    /// Whether `total` is exact; otherwise there are at least so many.
    public var isTotalExact: Bool

    /// How many better hits were passed over.
    public var offset: Int

    /// What asks for the next page; `nil` after the last one.
    public var cursor: String?

    /// Whether nothing in the library seems to answer the query, so that the hits are only what is
    /// nearest to it.
    ///
    /// Said of the first page alone, and only where scores could be compared with others.
    public var nothingRelevant: Bool

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - hits: The hits, best first.
    ///   - total: How many images the query finds in all.
    ///   - isTotalExact: Whether that is exact.
    ///   - offset: How many better hits were passed over.
    ///   - cursor: What asks for the next page.
    ///   - nothingRelevant: Whether the hits are only what is nearest.
    public init(
        hits: [Hit],
        total: Int,
        isTotalExact: Bool = true,
        offset: Int,
        cursor: String? = nil,
        nothingRelevant: Bool = false
    ) {
        self.hits = hits
        self.total = total
        self.isTotalExact = isTotalExact
        self.offset = offset
        self.cursor = cursor
        self.nothingRelevant = nothingRelevant
    }
}
