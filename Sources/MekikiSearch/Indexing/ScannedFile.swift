import MekikiCore

/// A file that a scan found, told by its name alone: its content was not looked at.
public struct ScannedFile: Hashable, Sendable {
    /// Where it is.
    public var location: FileLocation

    /// Its length and modification time.
    public var stamp: FileStamp

    /// Creates a scanned file.
    ///
    /// - Parameters:
    ///   - location: Where it is.
    ///   - stamp: Its length and modification time.
    public init(location: FileLocation, stamp: FileStamp) {
        self.location = location
        self.stamp = stamp
    }
}
