/// What a repair saved, what it could not, and what is to be done about that.
public struct RepairReport: Sendable, Equatable {
    /// Where the damaged catalog is kept.
    public var keptAs: String

    /// Pages of the damaged file.
    public var pageCount: Int
    /// Pages that were not, or not wholly, what they should be.
    public var damagedPageCount: Int

    /// Images that were saved.
    public var imageCount = 0
    /// Files that were saved with their images.
    public var fileCount = 0
    /// Vectors that were saved.
    public var vectorCount = 0
    /// Texts that were saved.
    public var textCount = 0
    /// Tags that were saved.
    public var tagCount = 0
    /// Reasons of failing files that were saved.
    public var failureCount = 0
    /// Settings that were saved.
    public var settingCount = 0

    /// Files whose images were lost; the next run over their folders reads them again.
    public var filesToRead = 0
    /// Images whose vectors were lost; the next run over their folders encodes them again.
    public var imagesToEncode = 0
    /// Images whose texts were read from their files once more.
    public var imagesWithTextsRead = 0
    /// Images whose texts may be lost and whose files can't be read now.
    public var imagesWithTextsInDoubt = 0
    /// Whether tags may have been lost, if there were any.
    public var mayLackTags = false
    /// Files that are missing and whose images were lost: nothing is left of these.
    public var lostFiles: [String] = []

    /// The folders to index again.
    public var folders: [String] = []

    /// Creates a report of nothing saved.
    ///
    /// - Parameters:
    ///   - keptAs: Where the damaged catalog is kept.
    ///   - pageCount: Pages of the damaged file.
    ///   - damagedPageCount: How many of them were not what they should be.
    public init(keptAs: String, pageCount: Int, damagedPageCount: Int) {
        self.keptAs = keptAs
        self.pageCount = pageCount
        self.damagedPageCount = damagedPageCount
    }
}
