/// How fast bytes come: over the last seconds, because a network changes.
struct TransferRate {
    private static let span = Duration.seconds(10)

    private var samples: [(time: ContinuousClock.Instant, bytes: Int64)] = []

    /// Takes how many bytes are there.
    mutating func take(_ bytes: Int64, at time: ContinuousClock.Instant) {
        // Fewer than before: a part had to be fetched again.
        if let last = samples.last, bytes < last.bytes { samples = [] }
        if let last = samples.last, time - last.time < .milliseconds(200) { return }
        samples.append((time, bytes))
        while let first = samples.first, time - first.time > Self.span, samples.count > 2 {
            samples.removeFirst()
        }
    }

    /// The rate; `nil` until it can be told.
    var bytesPerSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.time > first.time else {
            return nil
        }
        return Double(last.bytes - first.bytes) / ((last.time - first.time) / .seconds(1))
    }
}
