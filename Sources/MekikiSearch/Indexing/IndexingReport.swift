import MekikiCore

/// What an indexing run did.
public struct IndexingReport: Sendable, Equatable {
    /// Files that were found.
    public var foundCount = 0

    /// Images that were new to the library and were encoded.
    public var encodedCount = 0

    /// Files whose content the library knew already: moved, copied or touched.
    public var recognizedCount = 0

    /// Images of earlier runs that got a vector of the present model.
    public var completedCount = 0

    /// Images that got a vector of another model beside the one that answers.
    public var filledCount = 0

    /// The space that answers since this run; `nil` when none took another's place.
    public var switchedTo: VectorSpace?

    /// The contents that were new, where other spaces want them too.
    var arrived: [ContentHash] = []

    /// Files that were as they had been.
    public var unchangedCount = 0

    /// Files that are back after having been missing.
    public var returnedCount = 0

    /// Files that were marked missing, or forgotten when pruning.
    public var goneCount = 0

    /// Files that failed in this run, with the reasons.
    public var failures: [FailureRecord] = []

    /// Files that failed before and have not changed since.
    public var stillFailingCount = 0

    /// Sentences about folders that need a look: unreadable, or emptier than before.
    public var warnings: [String] = []

    /// Whether the run was stopped before its end; what it did is kept.
    public var wasStopped = false

    /// Creates a report of nothing done.
    public init() {}
}
