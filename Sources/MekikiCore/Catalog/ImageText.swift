/// A text that belongs to an image.
public struct ImageText: Hashable, Sendable {
    /// Which text of which image.
    public var id: ImageTextID

    /// What the text is, such as `parameters`.
    public var key: String

    /// The text.
    public var text: String

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - id: Which text of which image.
    ///   - key: What the text is.
    ///   - text: The text.
    public init(id: ImageTextID, key: String, text: String) {
        self.id = id
        self.key = key
        self.text = text
    }
}
