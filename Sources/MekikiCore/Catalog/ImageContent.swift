/// What is known of an image from its bytes alone.
public struct ImageContent: Hashable, Sendable {
    /// The SHA-256 of the file.
    public var hash: ContentHash

    /// The format of the bytes.
    public var format: ImageFormat

    /// The upright picture's width in pixels.
    public var width: Int

    /// The upright picture's height in pixels.
    public var height: Int

    /// The file's length in bytes.
    public var byteCount: Int

    /// What the file says about itself.
    public var metadata: ImageMetadata

    /// The picture's mean colour; `nil` where the library is older than this field.
    public var averageColor: AverageColor?

    /// Creates the content.
    ///
    /// - Parameters:
    ///   - hash: The SHA-256 of the file.
    ///   - format: The format of the bytes.
    ///   - width: The upright picture's width in pixels.
    ///   - height: The upright picture's height in pixels.
    ///   - byteCount: The file's length in bytes.
    ///   - metadata: What the file says about itself.
    ///   - averageColor: The picture's mean colour.
    public init(
        hash: ContentHash,
        format: ImageFormat,
        width: Int,
        height: Int,
        byteCount: Int,
        metadata: ImageMetadata,
        averageColor: AverageColor? = nil
    ) {
        self.hash = hash
        self.format = format
        self.width = width
        self.height = height
        self.byteCount = byteCount
        self.metadata = metadata
        self.averageColor = averageColor
    }
}
