import MekikiCore

/// Which labels fit an image of the library.
public struct ImageClassification: Sendable, Equatable {
    /// The image.
    public var imageID: ImageID

    /// Every label, most probable first.
    public var labels: [LabelProbability]

    /// Creates a classification.
    ///
    /// - Parameters:
    ///   - imageID: The image.
    ///   - labels: Every label, most probable first.
    public init(imageID: ImageID, labels: [LabelProbability]) {
        self.imageID = imageID
        self.labels = labels
    }
}
