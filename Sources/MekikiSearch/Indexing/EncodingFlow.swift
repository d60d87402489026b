import MekikiCore

/// Pictures on their way through the encoder and into the catalog, all at the same time: while some
/// are committed, the next are encoded, and those after them read and decoded.
///
/// Items come out in the order in which they went in, in batches whose size the items alone decide, so
/// that the same folder always gives the same library.
struct EncodingFlow<Item: Sendable>: Sendable {
    /// An item that goes in: one that is ready, or one that a thread is still working on.
    enum Entry: Sendable {
        /// An item without a picture.
        case ready(Item)
        /// An item whose picture is being decoded; `nil` when there is none in the end.
        case decoding(Task<(item: Item, pixels: PixelBuffer?), any Error>)
    }

    /// Items with their vectors; `nil` for those without a picture.
    typealias Batch = [(item: Item, vector: Embedding?)]

    let encoder: any ImageEncoder
    let options: IndexingOptions
    let stop: StopRequest

    /// Runs items through.
    ///
    /// - Parameters:
    ///   - feed: Sends the items; what it starts on threads has to enter the flight before.
    ///   - commit: Takes the batches, one after the other.
    /// - Throws: What `feed`, the encoder or `commit` throws. Batches that were encoded before that are
    ///   committed.
    func callAsFunction(
        feed: @escaping @Sendable (Flight, BoundedQueue<Entry>) async throws -> Void,
        commit: (Batch) async throws -> Void
    ) async throws {
        let flight = Flight(
            byteLimit: options.memoryBytes,
            // One batch with the encoder, one that waits for it, one that is being decoded.
            pictureLimit: 3 * options.batchSize
        )
        let entries = BoundedQueue<Entry>(capacity: options.batchFileLimit)
        let batches = BoundedQueue<Batch>(capacity: 1)
        async let feeding: Void = {
            do {
                try await feed(flight, entries)
                entries.finish()
            } catch {
                entries.finish(throwing: error)
            }
        }()
        async let encoding: Void = {
            do {
                try await encode(entries, flight, batches)
                batches.finish()
            } catch {
                batches.finish(throwing: error)
            }
        }()
        let result: Result<Void, any Error>
        do {
            while let batch = try await batches.next() { try await commit(batch) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        flight.cancel()
        batches.abandon()
        entries.abandon()
        _ = await (feeding, encoding)
        await flight.drain()
        try result.get()
    }

    /// Gathers batches and encodes them.
    private func encode(
        _ entries: BoundedQueue<Entry>,
        _ flight: Flight,
        _ batches: BoundedQueue<Batch>
    ) async throws {
        var gathering = BatchGathering<Item>(options)
        while let entry = try await entries.next() {
            let item: Item
            let pixels: PixelBuffer?
            switch entry {
            case .ready(let ready): (item, pixels) = (ready, nil)
            case .decoding(let task): (item, pixels) = try await task.value
            }
            for batch in gathering.add(item, pixels) {
                guard try await encode(batch, flight, batches) else { return }
            }
        }
        if let batch = gathering.finish() { _ = try await encode(batch, flight, batches) }
    }

    /// Encodes a batch and hands it on; `false` when no other is wanted.
    private func encode(
        _ batch: BatchGathering<Item>.Batch,
        _ flight: Flight,
        _ batches: BoundedQueue<Batch>
    ) async throws -> Bool {
        guard !stop.wasMade else { return false }
        let vectors = batch.pictures.isEmpty ? [] : try await encoder.encode(batch.pictures)
        flight.change(bytes: -batch.pixelBytes, landed: batch.pictures.count)
        var next = vectors.makeIterator()
        let encoded: Batch = batch.items.map { ($0.item, $0.hasPicture ? next.next() : nil) }
        return await batches.send(encoded)
    }
}
