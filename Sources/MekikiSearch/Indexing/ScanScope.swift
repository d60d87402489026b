/// A part of a root that is scanned.
public struct ScanScope: Hashable, Sendable {
    /// The folder's path below the root; empty for the root itself.
    public var folder: String

    /// Whether subfolders belong to it.
    public var isDeep: Bool

    /// Names a part.
    ///
    /// - Parameters:
    ///   - folder: The folder's path below the root.
    ///   - isDeep: Whether subfolders belong to it.
    public init(folder: String, isDeep: Bool) {
        self.folder = folder
        self.isDeep = isDeep
    }
}
