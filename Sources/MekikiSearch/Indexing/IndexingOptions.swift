import MekikiCore

/// How an indexing run goes about its work.
public struct IndexingOptions: Sendable, Hashable {
    /// Whether files that are gone are forgotten instead of marked missing, however many they are.
    public var prune: Bool

    /// Pictures encoded and committed together.
    public var batchSize: Int

    /// Files longer than this many bytes are recorded as failures without being read.
    public var maximumFileSize: Int64

    /// The size of the thumbnails that are made of every image.
    public var thumbnailSize: ThumbnailSize

    /// Bytes of files and decoded pictures that are held at once; what the threads are decoding, one
    /// file each, may come on top.
    public var memoryBytes: Int64

    /// A folder that is passed over wherever it lies: the library's own.
    public var excludedFolder: String?

    /// How the reader reads metadata, noted with each new image; `nil` to note nothing.
    public var metadataVersion: String?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - prune: Whether files that are gone are forgotten.
    ///   - batchSize: Pictures encoded and committed together, 1 or more.
    ///   - maximumFileSize: The greatest length of a file in bytes.
    ///   - thumbnailSize: The size of the thumbnails that are made of every image.
    ///   - memoryBytes: Bytes of files and decoded pictures that are held at once.
    ///   - excludedFolder: A folder that is passed over.
    ///   - metadataVersion: How the reader reads metadata.
    public init(
        prune: Bool = false,
        batchSize: Int = 16,
        maximumFileSize: Int64 = 256 << 20,
        thumbnailSize: ThumbnailSize = .medium,
        memoryBytes: Int64 = 256 << 20,
        excludedFolder: String? = nil,
        metadataVersion: String? = nil
    ) {
        precondition(batchSize > 0, "A batch has at least one file.")
        self.prune = prune
        self.batchSize = batchSize
        self.maximumFileSize = maximumFileSize
        self.thumbnailSize = thumbnailSize
        self.memoryBytes = memoryBytes
        self.excludedFolder = excludedFolder
        self.metadataVersion = metadataVersion
    }
}

extension IndexingOptions {
    /// Files committed together, whatever they turn out to be: those without a new picture cost
    /// little, and a transaction for each sixteen of them would be most of it.
    var batchFileLimit: Int { 16 * batchSize }

    /// Bytes of pictures encoded together, unless one alone has more: with another batch waiting,
    /// there is still room to decode.
    var batchPixelBytes: Int64 { memoryBytes / 3 }
}
