/// A label and how probable it is for some picture.
public struct LabelProbability: Hashable, Sendable {
    /// The label.
    public var label: String

    /// How probable it is, 0 to 1.
    public var probability: Float

    /// Creates a pair.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - probability: How probable it is, 0 to 1.
    public init(label: String, probability: Float) {
        self.label = label
        self.probability = probability
    }
}
