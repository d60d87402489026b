/// How far an indexing run has come.
public struct IndexingProgress: Sendable, Equatable {
    /// What the run is at.
    public enum Phase: Sendable, Equatable {
        /// Looking for files.
        case scanning
        /// Reading and encoding new and changed files.
        case indexing
        /// Encoding images of earlier runs with the present model.
        case completing
        /// Encoding images with another model beside the one that answers, which is named.
        case filling(String)
    }

    /// What the run is at.
    public var phase: Phase

    /// The folder that the run is at.
    public var folder: String

    /// Files done in this phase.
    public var done: Int

    /// Files to do in this phase.
    public var total: Int

    /// Files that failed so far in this phase.
    public var failed: Int

    /// Creates a state of progress.
    ///
    /// - Parameters:
    ///   - phase: What the run is at.
    ///   - folder: The folder that the run is at.
    ///   - done: Files done.
    ///   - total: Files to do.
    ///   - failed: Files that failed so far.
    public init(phase: Phase, folder: String, done: Int = 0, total: Int = 0, failed: Int = 0) {
        self.phase = phase
        self.folder = folder
        self.done = done
        self.total = total
        self.failed = failed
    }
}
