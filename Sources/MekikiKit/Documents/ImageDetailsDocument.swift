import MekikiCore

/// An image with the texts inside its file and its tags, as JSON.
public struct ImageDetailsDocument: Encodable, Sendable {
    /// The image.
    public var image: ImageDocument
    /// Texts inside the file, in its order, as they are.
    public var textChunks: [ImageMetadata.TextChunk]
    /// Labels that models found to fit, by set, most probable first.
    public var tags: [TagDocument]

    /// Captions, prompts, words of photographs and text in the picture, with who wrote them.
    public var texts: [TextDocument]
    /// What it was generated from.
    public var generation: Generation?

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its files, ordered by path.
    ///   - tags: Its tags.
    ///   - texts: Its texts; those of its file's chunks are left to `textChunks`.
    public init(
        _ image: ImageRecord,
        _ files: [FileRecord],
        _ tags: [ImageTag],
        _ texts: [ImageText]
    ) {
        self.image = ImageDocument(image, files)
        textChunks = image.content.metadata.textChunks
        self.tags = tags.map(TagDocument.init)
        self.texts = texts.filter { $0.id.origin != TextOrigin.file.rawValue }
            .map(TextDocument.init)
        generation = image.content.metadata.generation
    }

    /// A text of an image as JSON.
    public struct TextDocument: Encodable, Sendable {
        /// Who wrote it.
        public var origin: String
        /// What it is.
        public var key: String
        /// The text.
        public var text: String

        /// Describes a text.
        ///
        /// - Parameter text: The text.
        public init(_ text: ImageText) {
            origin = text.id.origin
            key = text.key
            self.text = text.text
        }
    }
}
