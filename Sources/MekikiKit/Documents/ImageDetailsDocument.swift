import MekikiCore

/// An image with the texts inside its file, as JSON.
public struct ImageDetailsDocument: Encodable, Sendable {
    /// The image.
    public var image: ImageDocument
    /// Texts inside the file, in its order, as they are.
    public var textChunks: [ImageMetadata.TextChunk]

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its files, ordered by path.
    public init(_ image: ImageRecord, _ files: [FileRecord]) {
        self.image = ImageDocument(image, files)
        textChunks = image.content.metadata.textChunks
    }
}
