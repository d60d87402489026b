/// What an image file says about itself, as far as Mekiki reads it.
public struct ImageMetadata: Hashable, Sendable, Codable {
    /// When the picture was taken, as the camera wrote it: `2024-06-30T18:05:09`, without a zone,
    /// because EXIF has none.
    public var takenAt: String?

    /// The camera's maker.
    public var cameraMake: String?

    /// The camera's model.
    public var cameraModel: String?

    /// Text chunks in file order, kept raw: generation prompts live here.
    public var textChunks: [TextChunk]

    /// Creates metadata.
    ///
    /// - Parameters:
    ///   - takenAt: When the picture was taken, ISO 8601 without a zone.
    ///   - cameraMake: The camera's maker.
    ///   - cameraModel: The camera's model.
    ///   - textChunks: Text chunks in file order.
    public init(
        takenAt: String? = nil,
        cameraMake: String? = nil,
        cameraModel: String? = nil,
        textChunks: [TextChunk] = []
    ) {
        self.takenAt = takenAt
        self.cameraMake = cameraMake
        self.cameraModel = cameraModel
        self.textChunks = textChunks
    }

    /// One named text inside an image file, such as a PNG `tEXt`, `zTXt` or `iTXt` chunk.
    public struct TextChunk: Hashable, Sendable, Codable {
        /// The chunk's keyword, such as `parameters`.
        public var key: String

        /// The chunk's text, decoded.
        public var text: String

        /// Creates a chunk.
        ///
        /// - Parameters:
        ///   - key: The keyword.
        ///   - text: The decoded text.
        public init(key: String, text: String) {
            self.key = key
            self.text = text
        }
    }
}
