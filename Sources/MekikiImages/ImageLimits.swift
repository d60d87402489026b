/// How much of a picture file may be, checked before anything is decoded.
///
/// A file of a few kilobytes can claim billions of pixels; whoever decodes it first and asks later
/// has already lost the memory.
public struct ImageLimits: Sendable, Hashable {
    /// The largest file in bytes.
    public var bytes: Int

    /// The most pixels in a picture: width times height of its first frame or page.
    public var pixels: Int

    /// The longest side in pixels.
    public var side: Int

    /// 256 MiB, 200 million pixels, 65,535 pixels a side.
    public static let `default` = ImageLimits()

    /// Creates limits.
    ///
    /// - Parameters:
    ///   - bytes: The largest file in bytes.
    ///   - pixels: The most pixels in a picture.
    ///   - side: The longest side in pixels.
    public init(
        bytes: Int = 256 * 1024 * 1024,
        pixels: Int = 200_000_000,
        side: Int = 65_535
    ) {
        precondition(bytes > 0 && pixels > 0 && side > 0, "Limits are positive.")
        self.bytes = bytes
        self.pixels = pixels
        self.side = side
    }
}
