/// What is wanted of an image file.
public struct ImageReadRequest: Sendable, Hashable {
    /// The side of the square that an encoder will resize to; `nil` asks for no pixels.
    ///
    /// Pixels may come smaller than the original, but never with a side below twice this.
    public var encoderSide: Int?

    /// The longer side of the WebP thumbnail in pixels; `nil` asks for none.
    public var thumbnailSide: Int?

    /// The most pixels that are decoded, below the reader's own limit; `nil` leaves it at that.
    public var pixelLimit: Int?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - encoderSide: The side of the square that an encoder will resize to.
    ///   - thumbnailSide: The longer side of the thumbnail.
    ///   - pixelLimit: The most pixels that are decoded.
    public init(encoderSide: Int?, thumbnailSide: Int?, pixelLimit: Int? = nil) {
        self.encoderSide = encoderSide
        self.thumbnailSide = thumbnailSide
        self.pixelLimit = pixelLimit
    }
}
