/// What is wanted of an image file.
public struct ImageReadRequest: Sendable, Hashable {
    /// The side of the square that an encoder will resize to; `nil` asks for no pixels.
    ///
    /// Pixels may come smaller than the original, but never with a side below twice this.
    public var encoderSide: Int?

    /// The longer side of the WebP thumbnail in pixels; `nil` asks for none.
    public var thumbnailSide: Int?

    /// Creates a request.
    ///
    /// - Parameters:
    ///   - encoderSide: The side of the square that an encoder will resize to.
    ///   - thumbnailSide: The longer side of the thumbnail.
    public init(encoderSide: Int?, thumbnailSide: Int?) {
        self.encoderSide = encoderSide
        self.thumbnailSide = thumbnailSide
    }
}
