import MekikiCore

/// What a classification of a library's images did.
public struct ClassificationReport: Sendable, Equatable {
    /// Images that were classified.
    public var imageCount = 0

    /// Images with a file and without a vector of the model, which were passed over.
    public var waitingCount = 0

    /// For how many images each label was the most probable one, in the labels' order.
    public var firstCounts: [LabelCount]

    /// Images that have tags of the set now.
    public var taggedImageCount = 0

    /// Tags that were stored.
    public var tagCount = 0

    /// Whether it was stopped before all images were done.
    public var wasStopped = false

    /// Creates a report of nothing done.
    ///
    /// - Parameter labels: The labels.
    public init(_ labels: [Label]) {
        firstCounts = labels.map { LabelCount(label: $0.name, imageCount: 0) }
    }

    /// A label and a number of images.
    public struct LabelCount: Sendable, Equatable {
        /// The label.
        public var label: String

        /// The number of images.
        public var imageCount: Int
    }

    /// Counts what was done with a batch.
    mutating func add(_ batch: [ImageClassification], _ places: [String: Int]) {
        imageCount += batch.count
        for image in batch {
            guard let first = image.labels.first, let place = places[first.label] else { continue }
            firstCounts[place].imageCount += 1
        }
    }
}
