/// An upright picture in memory: 8-bit sRGB, three interleaved channels, rows from the top.
public struct PixelBuffer: Sendable, Equatable {
    /// Pixels in a row.
    public let width: Int

    /// Rows.
    public let height: Int

    /// The samples, shape `[height, width, 3]`, red first.
    public let bytes: [UInt8]

    /// The width before any reduction while loading.
    ///
    /// A model's resize takes its geometry from the original: rounding the sides of a reduced
    /// picture again would shift the result by a pixel.
    public let originalWidth: Int

    /// The height before any reduction while loading.
    public let originalHeight: Int

    /// Wraps samples.
    ///
    /// - Parameters:
    ///   - width: Pixels in a row, 1 or more.
    ///   - height: Rows, 1 or more.
    ///   - bytes: `height * width * 3` samples; any other count is a programmer's mistake and traps.
    ///   - originalWidth: The width before reduction, 1 or more; `width` if left out.
    ///   - originalHeight: The height before reduction, 1 or more; `height` if left out.
    public init(
        width: Int,
        height: Int,
        bytes: [UInt8],
        originalWidth: Int? = nil,
        originalHeight: Int? = nil
    ) {
        precondition(width > 0 && height > 0, "A picture has at least one pixel.")
        precondition(bytes.count == width * height * 3, "RGB needs three samples a pixel.")
        precondition(
            originalWidth ?? 1 > 0 && originalHeight ?? 1 > 0,
            "The original had at least one pixel."
        )
        self.width = width
        self.height = height
        self.bytes = bytes
        self.originalWidth = originalWidth ?? width
        self.originalHeight = originalHeight ?? height
    }
}
