import MekikiCore
import MekikiSearch

/// A page of the newest images as JSON.
public struct ImagePageDocument: Encodable, Sendable {
    /// How many images there are in all.
    public var total: Int
    /// How many newer ones were passed over.
    public var offset: Int
    /// How many were asked for.
    public var limit: Int
    /// The images, newest first.
    public var images: [ImageDocument]

    /// Describes a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - limit: How many images were asked for.
    public init(_ page: ImagePage, limit: Int) {
        total = page.total
        offset = page.offset
        self.limit = limit
        images = page.images.map { ImageDocument($0.image, $0.files) }
    }
}
