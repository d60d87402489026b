import Foundation
import MekikiCore

/// Reads, hashes and decodes the files of a batch on worker threads.
///
/// The result stands in the order of the files, whichever thread was quicker, so that the same
/// folder always gives the same library.
struct BatchPreparation: Sendable {
    let store: any ImageStore
    let reader: any ImageReader
    let thumbnails: any ThumbnailStore
    let request: ImageReadRequest
    let thumbnailSize: ThumbnailSize
    let maximumFileSize: Int64
    let threads: WorkerThreads

    /// Prepares a batch.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - arriving: Contents of this run that the catalog is about to learn.
    /// - Returns: The batch, without vectors.
    /// - Throws: `MekikiError` when the catalog can't be read.
    func callAsFunction(
        _ files: [ScannedFile],
        arriving: [ContentHash: ImageContent]
    ) async throws -> PreparedBatch {
        var batch = PreparedBatch()
        var contents: [(file: ScannedFile, content: FileContent)] = []
        let results = try await map(files) { [maximumFileSize] file in
            try FileContent(at: file.location, maximumSize: maximumFileSize)
        }
        for (file, result) in zip(files, results) {
            switch result {
            case .success(let content?): contents.append((file, content))
            case .success(nil): batch.vanishedCount += 1
            // Permissions change without a trace in the stamp, so the next run tries again.
            case .failure(let error) where error.code == .noInput:
                batch.failures.append(failure(file, error, stamp: FileStamp.none))
            case .failure(let error): batch.failures.append(failure(file, error))
            }
        }

        let known = try await store.imageIDs(of: contents.map(\.content.hash))
        var first: [ContentHash: ScannedFile] = [:]
        for (file, content) in contents where known[content.hash] == nil {
            if first[content.hash] == nil, arriving[content.hash] == nil {
                first[content.hash] = file
            }
        }
        let unknown = contents.filter { first[$0.content.hash] == $0.file }
        let decoded = try await map(unknown) { [self] in try decode($0.file, $0.content) }
        var images: [ContentHash: Result<PreparedBatch.NewImage, MekikiError>] = [:]
        for (item, result) in zip(unknown, decoded) { images[item.content.hash] = result }

        for (file, content) in contents {
            if let id = known[content.hash] {
                batch.recognized.append(
                    FileRecord(location: file.location, stamp: content.stamp, imageID: id)
                )
            } else if let arrived = arriving[content.hash] {
                batch.copies.append(copy(file, content, of: arrived))
            } else {
                switch images[content.hash] {
                case .success(let image) where first[content.hash] == file:
                    batch.new.append(image)
                case .success(let image):
                    batch.copies.append(copy(file, content, of: image.content))
                case .failure(let error):
                    batch.failures.append(failure(file, error, stamp: content.stamp))
                case nil:
                    preconditionFailure("Every unknown content was decoded.")
                }
            }
        }
        return batch
    }

    private func decode(
        _ file: ScannedFile,
        _ content: FileContent
    ) throws -> PreparedBatch.NewImage {
        let reading = try reader.read(content.data, request)
        guard let pixels = reading.pixels else {
            throw MekikiError(.badData, "The image has no pixels.", subject: file.location.path)
        }
        if let thumbnail = reading.thumbnail {
            try thumbnails.save(thumbnail, of: content.hash, thumbnailSize)
        }
        return PreparedBatch.NewImage(
            location: file.location,
            stamp: content.stamp,
            content: ImageContent(
                hash: content.hash,
                format: reading.format,
                width: reading.width,
                height: reading.height,
                byteCount: content.data.count,
                metadata: reading.metadata,
                averageColor: AverageColor(of: pixels)
            ),
            pixels: pixels
        )
    }

    private func copy(
        _ file: ScannedFile,
        _ content: FileContent,
        of image: ImageContent
    ) -> CatalogChanges.Addition {
        CatalogChanges.Addition(
            location: file.location,
            stamp: content.stamp,
            content: image,
            vector: nil
        )
    }

    private func failure(
        _ file: ScannedFile,
        _ error: MekikiError,
        stamp: FileStamp? = nil
    ) -> FailureRecord {
        FailureRecord(
            location: file.location,
            stamp: stamp ?? file.stamp,
            reason: error.message
        )
    }

    /// Does work for each item on the worker threads; results stand in the order of the items.
    ///
    /// Errors of one item stay with it, except those of the library itself: a full disk stops the
    /// run instead of being written down as a fault of each image.
    private func map<Item: Sendable, Output: Sendable>(
        _ items: [Item],
        _ work: @escaping @Sendable (Item) throws -> Output
    ) async throws -> [Result<Output, MekikiError>] {
        try await withThrowingTaskGroup(
            of: (Int, Result<Output, MekikiError>).self
        ) { group in
            for (index, item) in items.enumerated() {
                group.addTask {
                    try await threads.run {
                        do {
                            return (index, .success(try work(item)))
                        } catch let error as MekikiError {
                            if error.code == .inputOutput { throw error }
                            return (index, .failure(error))
                        }
                    }
                }
            }
            var results = [Result<Output, MekikiError>?](repeating: nil, count: items.count)
            for try await (index, result) in group { results[index] = result }
            return results.compactMap { $0 }
        }
    }
}
