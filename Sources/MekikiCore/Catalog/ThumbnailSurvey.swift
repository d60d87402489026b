import Foundation

/// How a library's thumbnails fit to its images.
public struct ThumbnailSurvey: Sendable {
    /// Images whose usual thumbnail is not there, or not whole.
    public var missing: [ImageID]

    /// Files among the thumbnails that belong to no image, or are not whole.
    public var surplus: [URL]

    /// How many bytes the surplus files take.
    public var surplusByteCount: Int

    /// Creates a survey.
    ///
    /// - Parameters:
    ///   - missing: Images without their usual thumbnail.
    ///   - surplus: Files that belong to no image.
    ///   - surplusByteCount: How many bytes they take.
    public init(missing: [ImageID] = [], surplus: [URL] = [], surplusByteCount: Int = 0) {
        self.missing = missing
        self.surplus = surplus
        self.surplusByteCount = surplusByteCount
    }
}
