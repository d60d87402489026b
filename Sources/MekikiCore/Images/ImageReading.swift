import Foundation

/// What was read from an image file.
public struct ImageReading: Sendable {
    /// The format that the bytes are in, whatever the file's ending says.
    public var format: ImageFormat

    /// The upright picture's width in the original, in pixels.
    public var width: Int

    /// The upright picture's height in the original, in pixels.
    public var height: Int

    /// What the file says about itself.
    public var metadata: ImageMetadata

    /// The picture, possibly reduced; `nil` when no pixels were asked for.
    public var pixels: PixelBuffer?

    /// The thumbnail as a WebP file's bytes; `nil` when none was asked for.
    public var thumbnail: Data?

    /// Creates a reading.
    ///
    /// - Parameters:
    ///   - format: The format of the bytes.
    ///   - width: The upright original's width in pixels.
    ///   - height: The upright original's height in pixels.
    ///   - metadata: What the file says about itself.
    ///   - pixels: The picture.
    ///   - thumbnail: A WebP file's bytes.
    public init(
        format: ImageFormat,
        width: Int,
        height: Int,
        metadata: ImageMetadata,
        pixels: PixelBuffer?,
        thumbnail: Data?
    ) {
        self.format = format
        self.width = width
        self.height = height
        self.metadata = metadata
        self.pixels = pixels
        self.thumbnail = thumbnail
    }
}
