import MekikiCore

/// An image with the texts inside its file and its tags, as JSON.
public struct ImageDetailsDocument: Encodable, Sendable {
    /// The image.
    public var image: ImageDocument
    /// Texts inside the file, in its order, as they are.
    public var textChunks: [ImageMetadata.TextChunk]
    /// Labels that models found to fit, by set, most probable first.
    public var tags: [TagDocument]

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its files, ordered by path.
    ///   - tags: Its tags.
    public init(_ image: ImageRecord, _ files: [FileRecord], _ tags: [ImageTag]) {
        self.image = ImageDocument(image, files)
        textChunks = image.content.metadata.textChunks
        self.tags = tags.map(TagDocument.init)
    }
}
