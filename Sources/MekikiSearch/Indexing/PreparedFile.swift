import MekikiCore

/// What was found out about a file before it is committed.
enum PreparedFile: Sendable {
    /// It brings an image that the catalog does not know.
    case new(FileLocation, FileStamp, ImageContent)

    /// It holds what another file of this run brings.
    case copy(FileLocation, FileStamp, Arrival)

    /// It holds what the catalog knows.
    case recognized(FileRecord)

    /// It could not be indexed.
    case failure(FailureRecord)

    /// It is gone since it was listed; the next run deals with it.
    case vanished
}
