/// What an image file says about itself, as far as Mekiki reads it.
public struct ImageMetadata: Hashable, Sendable, Codable {
    /// When the picture was taken, as the camera wrote it: `2024-06-30T18:05:09`, without a zone,
    /// because EXIF has none.
    public var takenAt: String?

    /// The camera's maker.
    public var cameraMake: String?

    /// The camera's model.
    public var cameraModel: String?

    /// The lens, as the camera wrote it.
    public var lens: String?

    /// The stars that somebody gave, 1 to 5, or -1 for rejected.
    public var rating: Int?

    /// Where the picture was taken: degrees, north positive; only together with `longitude`.
    public var latitude: Double?

    /// Where the picture was taken: degrees, east positive; only together with `latitude`.
    public var longitude: Double?

    /// Text chunks in file order, kept raw: generation prompts live here.
    public var textChunks: [TextChunk]

    /// The words of EXIF, XMP and IPTC, with the keys that `TextOrigin.photograph` names.
    public var words: [TextChunk]

    /// What the picture was generated from; `nil` where no rule fits.
    public var generation: Generation?

    /// Where the picture comes from, as it declares.
    public var provenance: Provenance?

    /// Creates metadata.
    ///
    /// - Parameters:
    ///   - takenAt: When the picture was taken, ISO 8601 without a zone.
    ///   - cameraMake: The camera's maker.
    ///   - cameraModel: The camera's model.
    ///   - lens: The lens.
    ///   - rating: The stars, 1 to 5, or -1.
    ///   - latitude: Degrees, north positive.
    ///   - longitude: Degrees, east positive.
    ///   - textChunks: Text chunks in file order.
    ///   - words: The words of EXIF, XMP and IPTC.
    ///   - generation: What the picture was generated from.
    ///   - provenance: Where the picture comes from.
    public init(
        takenAt: String? = nil,
        cameraMake: String? = nil,
        cameraModel: String? = nil,
        lens: String? = nil,
        rating: Int? = nil,
        latitude: Double? = nil,
        longitude: Double? = nil,
        textChunks: [TextChunk] = [],
        words: [TextChunk] = [],
        generation: Generation? = nil,
        provenance: Provenance? = nil
    ) {
        self.takenAt = takenAt
        self.cameraMake = cameraMake
        self.cameraModel = cameraModel
        self.lens = lens
        self.rating = rating
        self.latitude = latitude
        self.longitude = longitude
        self.textChunks = textChunks
        self.words = words
        self.generation = generation
        self.provenance = provenance
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
