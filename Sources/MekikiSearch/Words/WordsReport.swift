/// What came of a run over the words of a library.
public struct WordsReport: Sendable, Equatable {
    /// Images whose metadata was read anew.
    public var metadataCount = 0

    /// Images whose text files were new, changed or gone.
    public var sidecarCount = 0

    /// Pictures whose text was looked for.
    public var readCount = 0

    /// Pictures in which text was found.
    public var foundCount = 0

    /// Texts that got a vector.
    public var vectorCount = 0

    /// Images for which work failed; the catalog has the reasons.
    public var failedCount = 0

    /// Images whose files are gone or have changed since they were indexed; a run over their folders deals
    /// with them.
    public var passedOverCount = 0

    /// Whether somebody wished that it ends; what is left is done by the next run.
    public var wasStopped = false

    /// Creates a report of nothing.
    public init() {}
}

/// How far a run over the words of a library has come.
public struct WordsProgress: Sendable, Equatable {
    /// What the run is at.
    public enum Phase: String, Sendable, CaseIterable {
        /// Reading text files beside images.
        case sidecars
        /// Reading metadata of images that an older version indexed.
        case metadata
        /// Making vectors of texts.
        case vectors
        /// Looking for text in pictures.
        case ocr
    }

    /// What the run is at.
    public var phase: Phase

    /// What is done in this phase.
    public var done: Int

    /// What there is to do in this phase; `nil` where nobody counted.
    public var total: Int?

    /// Creates a state of progress.
    ///
    /// - Parameters:
    ///   - phase: What the run is at.
    ///   - done: What is done in this phase.
    ///   - total: What there is to do in this phase.
    public init(phase: Phase, done: Int, total: Int?) {
        self.phase = phase
        self.done = done
        self.total = total
    }
}
