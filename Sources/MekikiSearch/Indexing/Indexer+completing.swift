import MekikiCore

extension Indexer {
    /// Gives images that another model encoded a vector of the present one.
    func complete(
        _ report: inout IndexingReport,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws {
        let waiting = try await catalog.imagesWithoutVector(in: encoder.space)
        guard !waiting.isEmpty else { return }
        var state = IndexingProgress(phase: .completing, folder: "", total: waiting.count)
        progress(state)
        for start in stride(from: 0, to: waiting.count, by: options.batchSize) {
            if stop.wasMade {
                report.wasStopped = true
                return
            }
            let ids = Array(waiting[start..<min(start + options.batchSize, waiting.count)])
            let pictures = try await picturesAgain(of: ids)
            let vectors = try await encoder.encode(pictures.map(\.pixels))
            let additions = zip(pictures, vectors).map { picture, vector in
                CatalogChanges.VectorAddition(
                    imageID: picture.id,
                    space: encoder.space,
                    embedding: vector
                )
            }
            try await catalog.apply(CatalogChanges(vectors: additions))
            report.completedCount += additions.count
            state.done += ids.count
            state.failed += ids.count - additions.count
            progress(state)
        }
    }

    /// Reads images of the catalog again; those whose file changed or failed are left out, because
    /// the next scan of their folder deals with them.
    private func picturesAgain(
        of ids: [ImageID]
    ) async throws -> [(id: ImageID, pixels: PixelBuffer)] {
        let records = try await catalog.images(ids)
        let files = try await catalog.files(of: ids)
        // The same request as for a new file: another one may reduce the picture differently while
        // loading, and give a slightly different vector.
        let request = readRequest
        var pictures: [(id: ImageID, pixels: PixelBuffer)] = []
        try await withThrowingTaskGroup(of: (ImageID, PixelBuffer)?.self) { group in
            for record in records {
                guard let file = files[record.id]?.first(where: { !$0.isMissing }) else { continue }
                group.addTask { [threads, reader, thumbnails, options] in
                    try await threads.run {
                        guard
                            let content = try? FileContent(
                                at: file.location,
                                maximumSize: options.maximumFileSize
                            ),
                            content.hash == record.content.hash,
                            let reading = try? reader.read(content.data, request),
                            let pixels = reading.pixels
                        else { return nil }
                        if let thumbnail = reading.thumbnail {
                            try thumbnails.save(
                                thumbnail,
                                of: content.hash,
                                options.thumbnailSize
                            )
                        }
                        return (record.id, pixels)
                    }
                }
            }
            for try await case let (id, pixels)? in group { pictures.append((id, pixels)) }
        }
        return pictures.sorted { $0.id < $1.id }
    }
}
