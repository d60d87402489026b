/// One page of results.
public struct SearchResult: Sendable, Equatable {
    /// The hits of this page, best first; equals stand in the order of their ids.
    public var hits: [Hit]

    /// How many images the query ranks in all, which is every image with a vector and a file.
    public var total: Int

    /// How many better hits were passed over.
    public var offset: Int

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - hits: The hits, best first.
    ///   - total: How many images the query ranks in all.
    ///   - offset: How many better hits were passed over.
    public init(hits: [Hit], total: Int, offset: Int) {
        self.hits = hits
        self.total = total
        self.offset = offset
    }
}
