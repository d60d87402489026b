/// An image as it is shown: its record, and where its files are.
public struct ShownImage: Sendable, Equatable {
    /// The image.
    public var image: ImageRecord

    /// Its files, ordered by path, missing ones included.
    public var files: [FileRecord]

    /// Creates an image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its files, ordered by path.
    public init(image: ImageRecord, files: [FileRecord]) {
        self.image = image
        self.files = files
    }
}
