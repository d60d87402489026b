import MekikiCore

/// Something that happened in a watched folder.
///
/// Places are named by the watched folder and the path below it. Hidden entries, and files that are
/// not named like images, are none of our business.
public enum WatchEvent: Sendable, Equatable {
    /// A file was created or written to, and whoever writes has not closed it.
    case writing(FileLocation)

    /// A file is complete: closed after writing, moved here, or its permissions were changed.
    case changed(FileLocation)

    /// A file was deleted or moved away.
    case deleted(FileLocation)

    /// A folder was made or moved here.
    case folderAppeared(FileLocation)

    /// A folder was deleted or moved away.
    case folderDeleted(FileLocation)

    /// Events were lost: anything may have changed.
    case lostTrack

    /// A watched folder itself was deleted, moved or unmounted; it is watched no more.
    case rootLeft(String)

    /// The system watches no more folders for this user; a folder is without watch.
    case limitReached
}
