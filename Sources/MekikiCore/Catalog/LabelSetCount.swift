/// How many tags a set of labels has given.
public struct LabelSetCount: Hashable, Sendable {
    /// The set's name.
    public var labelSet: String

    /// Images that have a tag of it.
    public var imageCount: Int

    /// Tags of it.
    public var tagCount: Int

    /// Creates a count.
    ///
    /// - Parameters:
    ///   - labelSet: The set's name.
    ///   - imageCount: Images that have a tag of it.
    ///   - tagCount: Tags of it.
    public init(labelSet: String, imageCount: Int, tagCount: Int) {
        self.labelSet = labelSet
        self.imageCount = imageCount
        self.tagCount = tagCount
    }
}
