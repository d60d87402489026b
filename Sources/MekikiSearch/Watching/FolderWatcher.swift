/// The role that tells what happens in folders.
public protocol FolderWatcher: Sendable {
    /// What happens, in its order; ends when the watcher does.
    var events: AsyncStream<WatchEvent> { get }

    /// Watches a folder and everything below it, from now on.
    ///
    /// A second call for the same folder begins anew, where it was taken away and came back.
    ///
    /// - Parameter root: The folder's absolute path, links resolved.
    func watch(_ root: String)

    /// Ends the events.
    func end()
}
