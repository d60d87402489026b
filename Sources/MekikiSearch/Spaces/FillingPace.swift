/// How many images are encoded before others get a turn at the library: as many as take a few seconds.
struct FillingPace: Sendable, Equatable {
    /// How long a turn should take.
    static let turn: Duration = .seconds(3)

    /// How many images a turn has: few enough for the slowest model, and no more than a batch of files
    /// needs.
    static let bounds = 16...2048

    /// The images of the next turn.
    private(set) var count = 64

    /// The fewest images of a turn.
    private var least = bounds.lowerBound

    /// Begins with turns of a usual length.
    init() {}

    /// Begins with short turns, for work that takes a second for each image.
    ///
    /// - Parameter count: The images of the first turn, and the fewest of any.
    init(startingWith count: Int) {
        self.count = count
        least = count
    }

    /// Learns from a turn.
    ///
    /// - Parameters:
    ///   - done: The images that it had.
    ///   - duration: How long it took.
    mutating func learn(_ done: Int, took duration: Duration) {
        guard done > 0, duration > .zero else { return }
        let wanted = Double(done) * (Self.turn / duration)
        // By no more than twice: the first turn also loads the model.
        let bounded = min(max(wanted, Double(count) / 2), Double(count) * 2)
        count = min(max(Int(bounded), least), Self.bounds.upperBound)
    }
}
