/// Work on an image that need not be done again, whatever came of it.
public struct FinishedWork: Sendable, Hashable {
    /// The image.
    public var imageID: ImageID

    /// What was done.
    public var work: Work

    /// Why nothing came of it; `nil` where it was done.
    public var failure: String?

    /// Creates a note.
    ///
    /// - Parameters:
    ///   - imageID: The image.
    ///   - work: What was done.
    ///   - failure: Why nothing came of it.
    public init(imageID: ImageID, work: Work, failure: String? = nil) {
        self.imageID = imageID
        self.work = work
        self.failure = failure
    }

    /// A kind of work, done in a certain way.
    public struct Work: Sendable, Hashable {
        /// The kind, such as `metadata`, `ocr` or `caption`.
        public var kind: String

        /// How it was done: another version is to be done anew.
        public var version: String

        /// Names work.
        ///
        /// - Parameters:
        ///   - kind: The kind.
        ///   - version: How it is done.
        public init(_ kind: String, version: String) {
            self.kind = kind
            self.version = version
        }
    }
}
