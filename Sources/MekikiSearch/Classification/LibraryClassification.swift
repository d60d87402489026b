import MekikiCore

/// The flow that classifies a library's images by the vectors that it has of them.
///
/// No picture is decoded or encoded. Tags are stored batch by batch: one that is ended by force has
/// stored whole batches, and the same run again replaces them.
public struct LibraryClassification: Sendable {
    /// Images read, classified and stored at a time.
    private static let batchSize = 512

    private let catalog: any Catalog
    private let classifier: ZeroShotClassifier
    private let rule: TagRule?

    /// Prepares a run.
    ///
    /// - Parameters:
    ///   - catalog: The library's storage.
    ///   - classifier: What tells which labels fit.
    ///   - rule: Which labels are stored as tags; `nil` to store none.
    public init(catalog: any Catalog, classifier: ZeroShotClassifier, storing rule: TagRule? = nil)
    {
        self.catalog = catalog
        self.classifier = classifier
        self.rule = rule
    }

    /// Classifies all images that have a vector of the classifier's space, in the order of their
    /// numbers.
    ///
    /// A cancelled task ends the run after the batch at hand.
    ///
    /// - Parameters:
    ///   - progress: Is told how many images are done, and how many there are.
    ///   - body: Takes each batch.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` when the catalog can't be read or written; what the closure throws.
    public func run(
        progress: (Int, Int) -> Void = { _, _ in },
        _ body: ([ImageClassification]) async throws -> Void = { _ in }
    ) async throws -> ClassificationReport {
        var report = ClassificationReport(classifier.labels)
        let ids = try await catalog.imagesWithVector(in: classifier.space)
        report.waitingCount = try await catalog.imagesWithoutVector(in: classifier.space).count
        let places = Dictionary(
            classifier.labels.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        progress(0, ids.count)
        for start in stride(from: 0, to: ids.count, by: Self.batchSize) {
            if Task.isCancelled {
                report.wasStopped = true
                break
            }
            let batchIDs = Array(ids[start..<min(start + Self.batchSize, ids.count)])
            let vectors = try await catalog.embeddings(of: batchIDs, in: classifier.space)
            let batch = batchIDs.compactMap { id in
                vectors[id].map {
                    ImageClassification(imageID: id, labels: classifier.classify($0))
                }
            }
            if let rule {
                let assignments = batch.map(rule.assignment)
                try await catalog.setTags(assignments, of: rule.labelSet, in: classifier.space)
                report.taggedImageCount += assignments.count { !$0.labels.isEmpty }
                report.tagCount += assignments.reduce(0) { $0 + $1.labels.count }
            }
            report.add(batch, places)
            try await body(batch)
            progress(start + batchIDs.count, ids.count)
        }
        return report
    }
}
