/// The ids of a vocabulary that mean something other than text; `nil` where it has none.
public struct SpecialTokens: Sendable, Hashable {
    /// Stands before every text.
    public var start: Int32?

    /// Stands after every text.
    ///
    /// Models that pool at the end of the text look for it.
    public var end: Int32?

    /// Fills a batch up to one length.
    public var padding: Int32?

    /// Stands for what the vocabulary has no piece for.
    public var unknown: Int32?

    /// Creates a set of ids.
    ///
    /// - Parameters:
    ///   - start: Stands before every text.
    ///   - end: Stands after every text.
    ///   - padding: Fills a batch up to one length.
    ///   - unknown: Stands for what the vocabulary has no piece for.
    public init(
        start: Int32? = nil,
        end: Int32? = nil,
        padding: Int32? = nil,
        unknown: Int32? = nil
    ) {
        self.start = start
        self.end = end
        self.padding = padding
        self.unknown = unknown
    }
}
