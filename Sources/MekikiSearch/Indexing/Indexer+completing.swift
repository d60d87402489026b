import MekikiCore

extension Indexer {
    /// Gives images that lack one a vector of the model that answers, and then of the models whose spaces
    /// are filled beside it; one that waits to take the place of the answering one does so when its
    /// space is filled.
    ///
    /// - Parameters:
    ///   - arrived: The contents that the run brought, to fill the other spaces with these alone;
    ///     `nil` fills them with everything.
    ///   - report: Is told what was done.
    ///   - stop: Somebody's wish that the run may end.
    ///   - progress: Is told how far it has come.
    /// - Throws: What the catalog or an encoder throws.
    func complete(
        arrived: [ContentHash]? = nil,
        _ report: inout IndexingReport,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws {
        let waiting = try await catalog.imagesWithoutVector(in: encoder.space)
        let (encoded, isWhole) = try await encode(
            waiting,
            with: encoder,
            phase: .completing,
            stop,
            progress
        )
        report.completedCount += encoded.count
        report.wasStopped = !isWhole
        for other in others where !report.wasStopped {
            var waiting = try await catalog.imagesWithoutVector(in: other.space)
            if let arrived {
                let wanted = Set(try await catalog.imageIDs(of: arrived).values)
                waiting = waiting.filter(wanted.contains)
            }
            let (encoded, isWhole) = try await encode(
                waiting,
                with: other,
                phase: .filling(other.space.model),
                stop,
                progress
            )
            report.filledCount += encoded.count
            report.wasStopped = !isWhole
            guard isWhole else { return }
            let before = try await catalog.selection(of: .image)
            guard before.pending?.space == other.space else { continue }
            let after = try await catalog.select(.complete(other.space), for: .image)
            if after.current?.space == other.space { report.switchedTo = other.space }
        }
    }

    /// Gives images a vector of this indexer's encoder, whether the answering one or another.
    ///
    /// - Parameters:
    ///   - ids: The images.
    ///   - stop: Somebody's wish that the work may end.
    /// - Returns: The images that got one: others have no file any more that holds them.
    /// - Throws: What the catalog or the encoder throws.
    func fill(_ ids: [ImageID], _ stop: StopRequest) async throws -> Set<ImageID> {
        try await encode(ids, with: encoder, phase: .completing, stop) { _ in }.encoded
    }

    private func encode(
        _ waiting: [ImageID],
        with encoder: any ImageEncoder,
        phase: IndexingProgress.Phase,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws -> (encoded: Set<ImageID>, isWhole: Bool) {
        guard !waiting.isEmpty else { return ([], true) }
        var encoded: Set<ImageID> = []
        var state = IndexingProgress(phase: phase, folder: "", total: waiting.count)
        progress(state)
        let flow = EncodingFlow<ImageID>(encoder: encoder, options: options, stop: stop)
        let request = readRequest(for: encoder)
        try await flow { flight, entries in
            try await sendAgain(waiting, request, flight, to: entries, stop)
        } commit: { batch in
            let additions = batch.compactMap { id, vector in
                vector.map {
                    CatalogChanges.VectorAddition(imageID: id, space: encoder.space, embedding: $0)
                }
            }
            try await catalog.apply(
                CatalogChanges(vectors: additions, keepsImagesWithoutFile: true)
            )
            encoded.formUnion(additions.map(\.imageID))
            state.done += batch.count
            state.failed += batch.count - additions.count
            progress(state)
        }
        return (encoded, state.done == waiting.count)
    }

    /// Reads images of the catalog again; those whose files changed or failed have no picture, because
    /// the next scan of their folder deals with them.
    private func sendAgain(
        _ ids: [ImageID],
        _ request: ImageReadRequest,
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
                    let pixels = try pictureAgain(of: hash, in: present, request)
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
        in files: [FileRecord],
        _ request: ImageReadRequest
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
                let reading = try? reader.read(content.data, request),
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
