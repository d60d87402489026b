import MekikiCore

/// The changes that a batch of files makes to the catalog.
struct CommittedBatch {
    /// What to write.
    private(set) var changes = CatalogChanges(keepsImagesWithoutFile: true)

    /// The contents that are new.
    private(set) var hashes: [ContentHash] = []

    /// Files whose content was known, or is that of a new one.
    private(set) var recognizedCount = 0

    /// Files of the batch.
    let fileCount: Int

    /// Puts changes together.
    ///
    /// - Parameters:
    ///   - batch: The files in their order, with the vectors of new images.
    ///   - space: The space of the vectors.
    init(_ batch: EncodingFlow<PreparedFile>.Batch, in space: VectorSpace) {
        fileCount = batch.count
        var copies: [CatalogChanges.Addition] = []
        for (file, vector) in batch {
            switch file {
            case .new(let location, let stamp, let content):
                hashes.append(content.hash)
                changes.additions.append(
                    CatalogChanges.Addition(
                        location: location,
                        stamp: stamp,
                        content: content,
                        vector: vector.map { (space, $0) }
                    )
                )
            case .copy(let location, let stamp, let arrival):
                switch arrival.outcome {
                case .success(let content):
                    copies.append(
                        CatalogChanges.Addition(
                            location: location,
                            stamp: stamp,
                            content: content,
                            vector: nil
                        )
                    )
                case .failure(let error):
                    changes.failures.append(FailureRecord(location, stamp, error))
                case nil:
                    preconditionFailure("A copy comes after the file that it is a copy of.")
                }
            case .recognized(let record): changes.sightings.append(record)
            case .failure(let record): changes.failures.append(record)
            case .vanished: break
            }
        }
        recognizedCount = changes.sightings.count + copies.count
        changes.additions += copies
    }
}
