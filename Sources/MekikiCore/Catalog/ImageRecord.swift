import Foundation

/// An image as the catalog knows it: one per content, however many files hold it.
public struct ImageRecord: Hashable, Sendable {
    /// The image's number within its library.
    public var id: ImageID

    /// What the image is about, as read from its file.
    public var content: ImageContent

    /// When the image came into the library.
    public var addedAt: Date

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - id: The image's number.
    ///   - content: What was read from its file.
    ///   - addedAt: When it came into the library.
    public init(id: ImageID, content: ImageContent, addedAt: Date) {
        self.id = id
        self.content = content
        self.addedAt = addedAt
    }
}
