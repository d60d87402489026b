/// A line of text that was read in a picture.
public struct TextLine: Hashable, Sendable, Codable {
    /// The text.
    public var text: String

    /// How sure the reader is, 0 to 1.
    public var confidence: Float

    /// The left edge, as a share of the upright picture's width.
    public var x: Float

    /// The upper edge, as a share of the upright picture's height.
    public var y: Float

    /// The width, as a share of the picture's.
    public var width: Float

    /// The height, as a share of the picture's.
    public var height: Float

    /// Creates a line.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - confidence: How sure the reader is, 0 to 1.
    ///   - x: The left edge, as a share of the width.
    ///   - y: The upper edge, as a share of the height.
    ///   - width: The width, as a share of the picture's.
    ///   - height: The height, as a share of the picture's.
    public init(
        text: String,
        confidence: Float,
        x: Float,
        y: Float,
        width: Float,
        height: Float
    ) {
        self.text = text
        self.confidence = confidence
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}
