/// What tells cheaply whether a file has changed: its length and its modification time.
public struct FileStamp: Hashable, Sendable {
    /// The length in bytes.
    public var byteCount: Int64

    /// The modification time in nanoseconds since 1970.
    public var modifiedAt: Int64

    /// The stamp of no file: a failure that carries it is tried again in every run.
    public static let none = FileStamp(byteCount: -1, modifiedAt: .min)

    /// Creates a stamp.
    ///
    /// - Parameters:
    ///   - byteCount: The length in bytes.
    ///   - modifiedAt: The modification time in nanoseconds since 1970.
    public init(byteCount: Int64, modifiedAt: Int64) {
        self.byteCount = byteCount
        self.modifiedAt = modifiedAt
    }
}
