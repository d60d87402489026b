/// A file that holds an image of the library.
public struct FileRecord: Hashable, Sendable {
    /// Where it is.
    public var location: FileLocation

    /// What it looked like when it was read.
    public var stamp: FileStamp

    /// The image that it holds.
    public var imageID: ImageID

    /// Whether the file was gone when its folder was last indexed.
    public var isMissing: Bool

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - stamp: What it looked like when it was read.
    ///   - imageID: The image that it holds.
    ///   - isMissing: Whether it was gone when its folder was last indexed.
    public init(
        location: FileLocation,
        stamp: FileStamp,
        imageID: ImageID,
        isMissing: Bool = false
    ) {
        self.location = location
        self.stamp = stamp
        self.imageID = imageID
        self.isMissing = isMissing
    }
}
