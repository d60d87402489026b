/// A label that a model found to fit an image.
public struct ImageTag: Hashable, Sendable {
    /// The label, such as `猫`.
    public var label: String

    /// How probable the model takes it to be, 0 to 1.
    ///
    /// What it means depends on the model's `Scoring`: a share among the labels of the set, or an
    /// answer of its own.
    public var probability: Float

    /// The name of the labels that were tried together.
    public var labelSet: String

    /// The space in which picture and label were compared.
    public var space: VectorSpace

    /// Creates a tag.
    ///
    /// - Parameters:
    ///   - label: The label.
    ///   - probability: How probable it is, 0 to 1.
    ///   - labelSet: The name of the labels that were tried together.
    ///   - space: The space in which picture and label were compared.
    public init(label: String, probability: Float, labelSet: String, space: VectorSpace) {
        self.label = label
        self.probability = probability
        self.labelSet = labelSet
        self.space = space
    }
}
