import MekikiCore

/// A place that a scan could not look at.
public struct ScanProblem: Hashable, Sendable {
    /// Where it is.
    public var location: FileLocation

    /// What is wrong there, in words that follow the path: "can't be read (permission denied)".
    public var reason: String

    /// Whether files may lie there unseen: then none of them counts as gone.
    public var hidesFiles: Bool
}
