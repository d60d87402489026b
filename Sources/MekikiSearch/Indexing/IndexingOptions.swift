import MekikiCore

/// How an indexing run goes about its work.
public struct IndexingOptions: Sendable, Hashable {
    /// Whether files that are gone are forgotten instead of marked missing, however many they are.
    public var prune: Bool

    /// Files read, encoded and committed together.
    public var batchSize: Int

    /// Files longer than this many bytes are recorded as failures without being read.
    public var maximumFileSize: Int64

    /// The size of the thumbnails that are made of every image.
    public var thumbnailSize: ThumbnailSize

    /// Bytes of files read, encoded and committed together, unless one alone has more.
    public var batchBytes: Int64

    /// A folder that is passed over wherever it lies: the library's own.
    public var excludedFolder: String?

    /// Creates options.
    ///
    /// - Parameters:
    ///   - prune: Whether files that are gone are forgotten.
    ///   - batchSize: Files read, encoded and committed together, 1 or more.
    ///   - maximumFileSize: The greatest length of a file in bytes.
    ///   - thumbnailSize: The size of the thumbnails that are made of every image.
    ///   - batchBytes: Bytes of files read, encoded and committed together.
    ///   - excludedFolder: A folder that is passed over.
    public init(
        prune: Bool = false,
        batchSize: Int = 16,
        maximumFileSize: Int64 = 256 << 20,
        thumbnailSize: ThumbnailSize = .medium,
        batchBytes: Int64 = 256 << 20,
        excludedFolder: String? = nil
    ) {
        precondition(batchSize > 0, "A batch has at least one file.")
        self.prune = prune
        self.batchSize = batchSize
        self.maximumFileSize = maximumFileSize
        self.thumbnailSize = thumbnailSize
        self.batchBytes = batchBytes
        self.excludedFolder = excludedFolder
    }
}

extension IndexingOptions {
    /// Divides files into batches, in their order.
    ///
    /// - Parameter files: The files.
    /// - Returns: Batches of at most `batchSize` files and `batchBytes` bytes; a file that alone has
    ///   more is a batch of its own.
    func batches(of files: [ScannedFile]) -> [[ScannedFile]] {
        var batches: [[ScannedFile]] = []
        var bytes: Int64 = 0
        for file in files {
            bytes += file.stamp.byteCount
            if let last = batches.last, last.count < batchSize, bytes <= batchBytes {
                batches[batches.count - 1].append(file)
            } else {
                batches.append([file])
                bytes = file.stamp.byteCount
            }
        }
        return batches
    }
}
