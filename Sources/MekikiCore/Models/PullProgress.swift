/// How far the fetching of a model has come.
public struct PullProgress: Sendable, Hashable {
    /// The repository.
    public var repository: RepositoryName

    /// Bytes that are there, what was there before included.
    public var done: Int64

    /// Bytes of all files that are wanted; 0 while it isn't known yet.
    public var total: Int64

    /// What holds things up, in a few words; `nil` while nothing does.
    public var delay: String?

    /// States how far things have come.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - done: Bytes that are there.
    ///   - total: Bytes of all files that are wanted.
    ///   - delay: What holds things up, in a few words.
    public init(
        repository: RepositoryName,
        done: Int64 = 0,
        total: Int64 = 0,
        delay: String? = nil
    ) {
        self.repository = repository
        self.done = done
        self.total = total
        self.delay = delay
    }
}
