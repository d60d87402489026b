/// What a score means among others of its kind: how many standard deviations it stands above their mean.
public struct ScoreCalibration: Sendable, Equatable, Codable {
    /// The mean of the others.
    public let mean: Float

    /// Their standard deviation.
    public let deviation: Float

    /// How many there were.
    public let count: Int

    /// Looks at scores.
    ///
    /// - Parameter scores: Scores of one kind; those that are no numbers are left out.
    /// - Complexity: O(n).
    public init(_ scores: some Sequence<Float>) {
        var (count, sum, squares) = (0, 0.0, 0.0)
        for score in scores where score.isFinite {
            count += 1
            sum += Double(score)
            squares += Double(score) * Double(score)
        }
        let mean = count > 0 ? sum / Double(count) : 0
        let variance = count > 0 ? max(0, squares / Double(count) - mean * mean) : 0
        self.count = count
        self.mean = Float(mean)
        deviation = Float(variance.squareRoot())
    }

    /// Where a score stands.
    ///
    /// - Parameter score: A score of the same kind.
    /// - Returns: Standard deviations above the mean; `nil` where the others are too few, or too alike, to
    ///   say anything.
    public func standing(of score: Float) -> Float? {
        guard count >= Self.fewest, deviation > Self.smallest, score.isFinite else { return nil }
        return (score - mean) / deviation
    }

    /// Fewer scores say little about what is usual.
    static let fewest = 24

    /// Cosines in half precision that differ by less don't differ.
    private static let smallest: Float = 0.001
}
