/// Changes to a catalog that become visible together or not at all.
///
/// They are applied in the order of the properties below.
public struct CatalogChanges: Sendable {
    /// Files that were read, each with its image; an image that is already known keeps its record.
    public var additions: [Addition]

    /// Vectors for images that are already in the catalog.
    public var vectors: [VectorAddition]

    /// Vectors for texts of images that are already in the catalog.
    public var textVectors: [TextVectorAddition]

    /// Texts of images that are already in the catalog.
    public var texts: [TextChange]

    /// Metadata of images that are already in the catalog, read anew: it takes the place of what was read
    /// before, the texts of `file`, `generation` and `photograph` included.
    public var metadata: [ImageID: ImageMetadata]

    /// Work that need not be done again.
    public var finished: [FinishedWork]

    /// Files whose content is known: moved, copied, touched or come back.
    ///
    /// Only their location and stamp are written. The image they name must exist.
    public var sightings: [FileRecord]

    /// Files that were not found any more and stay known as missing.
    public var missing: [FileLocation]

    /// Files that are forgotten altogether, failures included.
    ///
    /// An image without any file left goes with its vectors.
    public var removals: [FileLocation]

    /// Files that could not be indexed.
    ///
    /// A failure replaces an earlier one of the same location; a file that had an image before
    /// keeps it, marked missing.
    public var failures: [FailureRecord]

    /// Whether images that have lost their last file stay, hidden, until changes without this are
    /// applied; those remove every image that has no file.
    ///
    /// A run over files that were renamed in a row takes a content's old place away before a later
    /// batch finds it at its new one.
    public var keepsImagesWithoutFile: Bool

    /// Creates changes.
    ///
    /// - Parameters:
    ///   - additions: Files that were read, each with its image.
    ///   - vectors: Vectors for images already in the catalog.
    ///   - textVectors: Vectors for texts of images already in the catalog.
    ///   - texts: Texts of images already in the catalog.
    ///   - metadata: Metadata of images already in the catalog.
    ///   - finished: Work that need not be done again.
    ///   - sightings: Files whose content is known.
    ///   - missing: Files not found any more.
    ///   - removals: Files that are forgotten altogether.
    ///   - failures: Files that could not be indexed.
    ///   - keepsImagesWithoutFile: Whether images that have lost their last file stay for now.
    public init(
        additions: [Addition] = [],
        vectors: [VectorAddition] = [],
        textVectors: [TextVectorAddition] = [],
        texts: [TextChange] = [],
        metadata: [ImageID: ImageMetadata] = [:],
        finished: [FinishedWork] = [],
        sightings: [FileRecord] = [],
        missing: [FileLocation] = [],
        removals: [FileLocation] = [],
        failures: [FailureRecord] = [],
        keepsImagesWithoutFile: Bool = false
    ) {
        self.additions = additions
        self.vectors = vectors
        self.textVectors = textVectors
        self.texts = texts
        self.metadata = metadata
        self.finished = finished
        self.sightings = sightings
        self.missing = missing
        self.removals = removals
        self.failures = failures
        self.keepsImagesWithoutFile = keepsImagesWithoutFile
    }

    /// A file that was read, with its image and the image's vector.
    public struct Addition: Sendable {
        /// Where the file is.
        public var location: FileLocation

        /// What the file looked like when it was read.
        public var stamp: FileStamp

        /// What the file holds.
        public var content: ImageContent

        /// The image's vector, and the space it lives in; `nil` when it is to follow later.
        public var vector: (space: VectorSpace, embedding: Embedding)?

        /// Creates an addition.
        ///
        /// - Parameters:
        ///   - location: Where the file is.
        ///   - stamp: What the file looked like.
        ///   - content: What the file holds.
        ///   - vector: The image's vector and its space.
        public init(
            location: FileLocation,
            stamp: FileStamp,
            content: ImageContent,
            vector: (space: VectorSpace, embedding: Embedding)?
        ) {
            self.location = location
            self.stamp = stamp
            self.content = content
            self.vector = vector
        }
    }

    /// A vector for an image that is already in the catalog.
    public struct VectorAddition: Sendable {
        /// The image.
        public var imageID: ImageID

        /// The space that the vector lives in.
        public var space: VectorSpace

        /// The vector; it replaces an earlier one of the same image and space.
        public var embedding: Embedding

        /// Creates a vector addition.
        ///
        /// - Parameters:
        ///   - imageID: The image.
        ///   - space: The space that the vector lives in.
        ///   - embedding: The vector.
        public init(imageID: ImageID, space: VectorSpace, embedding: Embedding) {
            self.imageID = imageID
            self.space = space
            self.embedding = embedding
        }
    }

    /// The vectors of a text of an image that is already in the catalog.
    public struct TextVectorAddition: Sendable {
        /// The text.
        public var textID: ImageTextID

        /// The space that the vector lives in, one of texts.
        public var space: VectorSpace

        /// A vector for each passage of the text, in their order, at least one; they replace earlier
        /// ones of the same text and space.
        public var passages: [Embedding]

        /// Creates an addition of a text that is one passage.
        ///
        /// - Parameters:
        ///   - textID: The text.
        ///   - space: The space that the vector lives in.
        ///   - embedding: The vector.
        public init(textID: ImageTextID, space: VectorSpace, embedding: Embedding) {
            self.init(textID: textID, space: space, passages: [embedding])
        }

        /// Creates an addition of a text of several passages.
        ///
        /// - Parameters:
        ///   - textID: The text.
        ///   - space: The space that the vectors live in.
        ///   - passages: The vectors, at least one.
        public init(textID: ImageTextID, space: VectorSpace, passages: [Embedding]) {
            self.textID = textID
            self.space = space
            self.passages = passages
        }
    }
}
