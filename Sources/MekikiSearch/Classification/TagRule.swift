import MekikiCore

/// Which of a classification's labels are kept as tags, and under which name.
public struct TagRule: Sendable, Hashable {
    /// The name of the labels' set.
    public var labelSet: String

    /// The least probability of a label that is kept, 0 to 1.
    public var threshold: Float

    /// The most labels that are kept of one image.
    public var limit: Int

    /// The threshold where none is given: low, because a search can ask for more later and never for
    /// what was not kept.
    public static let usualThreshold: Float = 0.1

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - labelSet: The name of the labels' set.
    ///   - threshold: The least probability of a label that is kept.
    ///   - limit: The most labels that are kept of one image.
    public init(labelSet: String, threshold: Float = TagRule.usualThreshold, limit: Int = 10) {
        self.labelSet = labelSet
        self.threshold = threshold
        self.limit = limit
    }

    /// The tags that an image is to have.
    ///
    /// - Parameter classification: Every label, most probable first.
    /// - Returns: The labels that are kept; possibly none, which takes earlier tags away.
    public func assignment(for classification: ImageClassification) -> TagAssignment {
        let kept = classification.labels.prefix(limit).prefix { $0.probability >= threshold }
        return TagAssignment(imageID: classification.imageID, labels: Array(kept))
    }
}
