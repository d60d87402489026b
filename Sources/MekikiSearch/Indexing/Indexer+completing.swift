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
        let flow = EncodingFlow<ImageID>(encoder: encoder, options: options, stop: stop)
        try await flow { flight, entries in
            try await sendAgain(waiting, flight, to: entries, stop)
        } commit: { batch in
            let additions = batch.compactMap { id, vector in
                vector.map {
                    CatalogChanges.VectorAddition(imageID: id, space: encoder.space, embedding: $0)
                }
            }
            try await catalog.apply(
                CatalogChanges(vectors: additions, keepsImagesWithoutFile: true)
            )
            report.completedCount += additions.count
            state.done += batch.count
            state.failed += batch.count - additions.count
            progress(state)
        }
        report.wasStopped = state.done < waiting.count
    }

    /// Reads images of the catalog again; those whose files changed or failed have no picture, because
    /// the next scan of their folder deals with them.
    private func sendAgain(
        _ ids: [ImageID],
        _ flight: Flight,
        to entries: BoundedQueue<EncodingFlow<ImageID>.Entry>,
        _ stop: StopRequest
    ) async throws {
        for start in stride(from: 0, to: ids.count, by: options.batchFileLimit) {
            let part = Array(ids[start..<min(start + options.batchFileLimit, ids.count)])
            let hashes = Dictionary(
                try await catalog.images(part).map { ($0.id, $0.content.hash) },
                uniquingKeysWith: { first, _ in first }
            )
            let files = try await catalog.files(of: part)
            for id in part {
                guard !stop.wasMade else { return }
                let present = (files[id] ?? []).filter { !$0.isMissing }
                guard let hash = hashes[id], let first = present.first else {
                    guard await entries.send(.ready(id)) else { return }
                    continue
                }
                let bytes = first.stamp.byteCount
                guard await flight.enter(bytes) else { return }
                let task = flight.start(on: threads) {
                    let pixels = try pictureAgain(of: hash, in: present)
                    flight.change(
                        bytes: Int64(pixels?.bytes.count ?? 0) - bytes,
                        landed: pixels == nil ? 1 : 0
                    )
                    return (item: id, pixels: pixels)
                }
                guard await entries.send(.decoding(task)) else { return }
            }
        }
    }

    /// The picture of the first file that still holds a content; `nil` when none does.
    private func pictureAgain(
        of hash: ContentHash,
        in files: [FileRecord]
    ) throws -> PixelBuffer? {
        for file in files {
            // The same request as for a new file: another one may reduce the picture differently
            // while loading, and give a slightly different vector.
            guard
                let content = try? FileContent(
                    at: file.location,
                    maximumSize: options.maximumFileSize
                ),
                content.hash == hash,
                let reading = try? reader.read(content.data, readRequest),
                let pixels = reading.pixels
            else { continue }
            if let thumbnail = reading.thumbnail {
                try thumbnails.save(thumbnail, of: hash, options.thumbnailSize)
            }
            return pixels
        }
        return nil
    }
}
