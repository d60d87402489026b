/// A page of a catalog's images, newest first, all of one moment.
public struct ImagePage: Sendable, Equatable {
    /// The images.
    public var images: [ShownImage]

    /// How many images the library shows in all.
    public var total: Int

    /// How many newer ones were passed over.
    public var offset: Int

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - total: How many there are in all.
    ///   - offset: How many newer ones were passed over.
    public init(images: [ShownImage], total: Int, offset: Int) {
        self.images = images
        self.total = total
        self.offset = offset
    }
}
