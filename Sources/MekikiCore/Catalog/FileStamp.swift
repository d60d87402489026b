/// What tells cheaply whether a file has changed: its length, its modification time, and its number
/// in its file system.
///
/// The number is the inode. It tells when another file of the same length and time was renamed over
/// the one that is known, as programs do that write a new file and keep the old one's time. The
/// status-change time would tell too, but it changes with every permission, label and hard link: a
/// backup that links each file would have the whole library read again every night. An inode in
/// turn may change without its file, on copying a folder or on mounting some network folders anew;
/// `IndexingPlan` sees that most of them changed at once, and does not believe them.
public struct FileStamp: Hashable, Sendable {
    /// The length in bytes.
    public var byteCount: Int64

    /// The modification time in nanoseconds since 1970.
    public var modifiedAt: Int64

    /// The file's number in its file system; `nil` where it was not noted.
    public var inode: UInt64?

    /// The stamp of no file: a failure that carries it is tried again in every run.
    public static let none = FileStamp(byteCount: -1, modifiedAt: .min)

    /// Creates a stamp.
    ///
    /// - Parameters:
    ///   - byteCount: The length in bytes.
    ///   - modifiedAt: The modification time in nanoseconds since 1970.
    ///   - inode: The file's number in its file system.
    public init(byteCount: Int64, modifiedAt: Int64, inode: UInt64? = nil) {
        self.byteCount = byteCount
        self.modifiedAt = modifiedAt
        self.inode = inode
    }

    /// Whether length and time are those of another stamp.
    ///
    /// - Parameter other: The other stamp.
    /// - Returns: `true` for what is most likely the same content, whichever file holds it.
    public func agrees(with other: FileStamp) -> Bool {
        byteCount == other.byteCount && modifiedAt == other.modifiedAt
    }

    /// Whether both stamps have a number, and the numbers are not one.
    ///
    /// - Parameter other: The other stamp.
    /// - Returns: `false` where one of them was taken without a number.
    public func hasAnotherInode(than other: FileStamp) -> Bool {
        guard let inode, let theirs = other.inode else { return false }
        return inode != theirs
    }
}
