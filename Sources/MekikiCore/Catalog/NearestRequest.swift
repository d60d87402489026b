/// How many neighbours are wanted, from which place on, and without which images.
public struct NearestRequest: Sendable, Hashable {
    /// How many neighbours are wanted.
    public var limit: Int

    /// How many of the nearest are passed over first.
    public var offset: Int

    /// Images that don't take part.
    public var excluded: Set<ImageID>

    /// The images that may be found; `nil` for all.
    public var included: ImageSet?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - limit: How many neighbours are wanted.
    ///   - offset: How many of the nearest are passed over first.
    ///   - excluded: Images that don't take part.
    ///   - included: The images that may be found.
    public init(
        limit: Int,
        offset: Int = 0,
        excluded: Set<ImageID> = [],
        included: ImageSet? = nil
    ) {
        self.limit = limit
        self.offset = offset
        self.excluded = excluded
        self.included = included
    }
}
