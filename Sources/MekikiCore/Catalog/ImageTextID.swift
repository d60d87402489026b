/// Which text of which image.
public struct ImageTextID: Hashable, Sendable {
    /// The image.
    public var imageID: ImageID

    /// Who wrote the text; `file` for what stands inside the image's file.
    public var origin: String

    /// The text's place among those of this origin, from 0.
    public var position: Int

    /// Names a text.
    ///
    /// - Parameters:
    ///   - imageID: The image.
    ///   - origin: Who wrote the text.
    ///   - position: The text's place among those of this origin.
    public init(imageID: ImageID, origin: String = "file", position: Int) {
        self.imageID = imageID
        self.origin = origin
        self.position = position
    }
}

extension ImageTextID: Comparable {
    /// Orders by image, then by the bytes of the origin, then by place.
    public static func < (lhs: ImageTextID, rhs: ImageTextID) -> Bool {
        if lhs.imageID != rhs.imageID { return lhs.imageID < rhs.imageID }
        if lhs.origin != rhs.origin {
            return lhs.origin.utf8.lexicographicallyPrecedes(rhs.origin.utf8)
        }
        return lhs.position < rhs.position
    }
}
