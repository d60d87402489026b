/// How often something is tried, and how long is waited in between.
struct RetryRule: Sendable, Hashable {
    /// Failures in a row after which it is enough.
    static let limit = 5

    /// The longest wait that the other side may ask for.
    static let longestWait = Duration.seconds(300)

    private let firstDelay: Duration
    private var failures = 0

    /// Starts counting.
    ///
    /// - Parameter firstDelay: The wait after the first failure; it doubles with each that follows.
    init(firstDelay: Duration) {
        self.firstDelay = firstDelay
    }

    /// Starts anew, because something came.
    mutating func reset() {
        failures = 0
    }

    /// Takes a failure.
    ///
    /// - Parameter failure: What happened.
    /// - Returns: How long to wait before the next try; `nil` when it is enough.
    mutating func delay(after failure: TransientFailure) -> Duration? {
        failures += 1
        guard failures < Self.limit else { return nil }
        if let wait = failure.wait { return wait <= Self.longestWait ? wait : nil }
        return min(firstDelay * (1 << (failures - 1)), .seconds(30))
    }
}
