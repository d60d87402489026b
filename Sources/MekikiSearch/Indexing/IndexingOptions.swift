/// How an indexing run goes about its work.
public struct IndexingOptions: Sendable, Hashable {
    /// Whether files that are gone are forgotten instead of marked missing, however many they are.
    public var prune: Bool

    /// Files read, encoded and committed together.
    public var batchSize: Int

    /// Files longer than this many bytes are recorded as failures without being read.
    public var maximumFileSize: Int64

    /// The longer side of thumbnails in pixels.
    public var thumbnailSide: Int

    /// Creates options.
    ///
    /// - Parameters:
    ///   - prune: Whether files that are gone are forgotten.
    ///   - batchSize: Files read, encoded and committed together, 1 or more.
    ///   - maximumFileSize: The greatest length of a file in bytes.
    ///   - thumbnailSide: The longer side of thumbnails in pixels.
    public init(
        prune: Bool = false,
        batchSize: Int = 16,
        maximumFileSize: Int64 = 256 << 20,
        thumbnailSide: Int = 512
    ) {
        precondition(batchSize > 0, "A batch has at least one file.")
        self.prune = prune
        self.batchSize = batchSize
        self.maximumFileSize = maximumFileSize
        self.thumbnailSide = thumbnailSide
    }
}
