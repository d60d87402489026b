/// Counts of what a catalog holds.
public struct CatalogStatistics: Hashable, Sendable {
    /// Images with at least one present file.
    public var imageCount: Int

    /// Files that are present.
    public var fileCount: Int

    /// Files that are known and were not found at the last run.
    public var missingFileCount: Int

    /// Files that could not be indexed.
    public var failureCount: Int

    /// Indexed folders, ordered by path.
    public var roots: [String]

    /// Vector spaces with the number of vectors in each, in the order of their creation.
    public var spaces: [SpaceCount]

    /// Creates counts.
    ///
    /// - Parameters:
    ///   - imageCount: Images with at least one present file.
    ///   - fileCount: Files that are present.
    ///   - missingFileCount: Files that were not found at the last run.
    ///   - failureCount: Files that could not be indexed.
    ///   - roots: Indexed folders.
    ///   - spaces: Vector spaces with their counts.
    public init(
        imageCount: Int,
        fileCount: Int,
        missingFileCount: Int,
        failureCount: Int,
        roots: [String],
        spaces: [SpaceCount]
    ) {
        self.imageCount = imageCount
        self.fileCount = fileCount
        self.missingFileCount = missingFileCount
        self.failureCount = failureCount
        self.roots = roots
        self.spaces = spaces
    }

    /// A vector space and how many vectors it holds.
    public struct SpaceCount: Hashable, Sendable {
        /// The space.
        public var space: VectorSpace

        /// How many vectors it holds.
        public var vectorCount: Int

        /// The absolute path of the model's folder when it was last used; `nil` where that is not
        /// known.
        public var folder: String?

        /// Creates a count.
        ///
        /// - Parameters:
        ///   - space: The space.
        ///   - vectorCount: How many vectors it holds.
        ///   - folder: The absolute path of the model's folder.
        public init(space: VectorSpace, vectorCount: Int, folder: String? = nil) {
            self.space = space
            self.vectorCount = vectorCount
            self.folder = folder
        }
    }
}
