/// A file that could not be indexed, with the reason; it is tried again when it changes.
public struct FailureRecord: Hashable, Sendable {
    /// Where the file is.
    public var location: FileLocation

    /// What it looked like when it was tried.
    public var stamp: FileStamp

    /// Why it could not be indexed, in a sentence.
    public var reason: String

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - location: Where the file is.
    ///   - stamp: What it looked like when it was tried.
    ///   - reason: Why it could not be indexed.
    public init(location: FileLocation, stamp: FileStamp, reason: String) {
        self.location = location
        self.stamp = stamp
        self.reason = reason
    }
}
