import MekikiCore

/// What background words found in a library when so many images took part.
public struct RelevanceFinding: Sendable, Equatable, Codable {
    /// How many images were compared.
    public let imageCount: Int

    /// The best cosine of each word.
    public let scores: ScoreCalibration

    /// Creates a finding.
    ///
    /// - Parameters:
    ///   - imageCount: How many images were compared.
    ///   - scores: The best cosine of each word.
    public init(imageCount: Int, scores: ScoreCalibration) {
        self.imageCount = imageCount
        self.scores = scores
    }

    /// Whether it is still much the same: a tenth more images hardly move the best of many words, and of a
    /// small library every one may.
    ///
    /// - Parameter count: How many images take part by now; `nil` where a search compared only some of them.
    /// - Returns: Whether the finding holds.
    func holds(for count: Int?) -> Bool {
        guard scores.count > 0 else { return false }
        guard let count else { return true }
        let change = abs(count - imageCount)
        return imageCount < Self.small ? change == 0 : change <= imageCount / 10
    }

    private static let small = 1000
}
