/// The texts of one origin that an image is to have, in place of those that it had of this origin.
public struct TextChange: Sendable, Hashable {
    /// The image.
    public var imageID: ImageID

    /// Who wrote the texts.
    public var origin: TextOrigin

    /// The texts in their order; none to take them away.
    public var texts: [ImageMetadata.TextChunk]

    /// Where the texts stand in the picture, for `ocr`; otherwise empty.
    public var lines: [TextLine]

    /// Creates a change.
    ///
    /// - Parameters:
    ///   - imageID: The image.
    ///   - origin: Who wrote the texts.
    ///   - texts: The texts in their order.
    ///   - lines: Where the texts stand in the picture.
    public init(
        imageID: ImageID,
        origin: TextOrigin,
        texts: [ImageMetadata.TextChunk],
        lines: [TextLine] = []
    ) {
        self.imageID = imageID
        self.origin = origin
        self.texts = texts
        self.lines = lines
    }
}
