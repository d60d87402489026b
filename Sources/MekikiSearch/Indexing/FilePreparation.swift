import Foundation
import MekikiCore

/// Reads, hashes and decodes files on worker threads, and finds out which contents are new.
///
/// Each file is read once; each content is looked up once, decoded once, and only when the catalog
/// does not know it.
struct FilePreparation: Sendable {
    let store: any ImageStore
    let reader: any ImageReader
    let thumbnails: any ThumbnailStore
    let request: ImageReadRequest
    let options: IndexingOptions
    let threads: WorkerThreads
    let stop: StopRequest
    let arrivals = Arrivals()

    /// A file whose bytes a thread is reading.
    private struct Reading: Sendable {
        let file: ScannedFile
        /// What was counted for it when it set out.
        let bytes: Int64
        let task: Task<Result<FileContent?, MekikiError>, any Error>
    }

    /// Sends files in their order, and returns after the last one or when nobody wants more.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - flight: Says when another may be read.
    ///   - entries: Where they go.
    /// - Throws: `MekikiError` when the catalog can't be read.
    func send(
        _ files: [ScannedFile],
        _ flight: Flight,
        to entries: BoundedQueue<EncodingFlow<PreparedFile>.Entry>
    ) async throws {
        // Hashing is quick: a little ahead of the decoder is enough.
        let readings = BoundedQueue<Reading>(capacity: 2 * threads.count)
        async let reading: Void = read(files, flight, readings)
        do {
            while true {
                let group = try await readings.receive(2 * threads.count)
                guard !group.isEmpty, try await admit(group, flight, entries) else { break }
            }
        } catch {
            readings.abandon()
            throw error
        }
        readings.abandon()
        await reading
    }

    private func read(
        _ files: [ScannedFile],
        _ flight: Flight,
        _ readings: BoundedQueue<Reading>
    ) async {
        defer { readings.finish() }
        let limit = options.maximumFileSize
        for file in files where !stop.wasMade {
            // Files that are too long are not read.
            let bytes = file.stamp.byteCount <= limit ? file.stamp.byteCount : 0
            guard await flight.enter(bytes) else { return }
            let task = flight.start(on: threads) {
                try Self.outcome { try FileContent(at: file.location, maximumSize: limit) }
            }
            guard await readings.send(Reading(file: file, bytes: bytes, task: task)) else { return }
        }
    }

    /// Decides what becomes of files that were read; `false` when nobody wants more.
    private func admit(
        _ group: [Reading],
        _ flight: Flight,
        _ entries: BoundedQueue<EncodingFlow<PreparedFile>.Entry>
    ) async throws -> Bool {
        var read: [(reading: Reading, result: Result<FileContent?, MekikiError>)] = []
        for reading in group { read.append((reading, try await reading.task.value)) }
        let hashes = read.compactMap { try? $0.result.get()?.hash }
        // First what is under way, then the catalog: what is committed between the two is found there.
        let arriving = arrivals.arriving(among: hashes)
        let known = try await store.imageIDs(of: hashes.filter { arriving[$0] == nil })
        for (reading, result) in read {
            let entry = entry(reading, result, arriving, known, flight)
            guard await entries.send(entry) else { return false }
        }
        return true
    }

    private func entry(
        _ reading: Reading,
        _ result: Result<FileContent?, MekikiError>,
        _ arriving: [ContentHash: Arrival],
        _ known: [ContentHash: ImageID],
        _ flight: Flight
    ) -> EncodingFlow<PreparedFile>.Entry {
        let file = reading.file
        let content: FileContent
        switch result {
        case .success(let read?):
            content = read
        case .success(nil):
            flight.change(bytes: -reading.bytes, landed: 1)
            return .ready(.vanished)
        case .failure(let error):
            flight.change(bytes: -reading.bytes, landed: 1)
            return .ready(.failure(FailureRecord(file.location, file.stamp, error)))
        }
        let (location, stamp) = (file.location, content.stamp)
        if let id = known[content.hash] {
            flight.change(bytes: -reading.bytes, landed: 1)
            return .ready(.recognized(FileRecord(location: location, stamp: stamp, imageID: id)))
        }
        let (arrival, isFirst) =
            arriving[content.hash].map { ($0, false) } ?? arrivals.arrival(of: content.hash)
        guard isFirst else {
            flight.change(bytes: -reading.bytes, landed: 1)
            return .ready(.copy(location, stamp, arrival))
        }
        let bytes = reading.bytes
        return .decoding(
            flight.start(on: threads) { [self] in
                let decoded = try Self.outcome { try decode(location, content) }
                switch decoded {
                case .success(let (image, pixels)):
                    arrival.settle(.success(image))
                    flight.change(bytes: Int64(pixels.bytes.count) - bytes)
                    return (.new(location, stamp, image), pixels)
                case .failure(let error):
                    arrival.settle(.failure(error))
                    flight.change(bytes: -bytes, landed: 1)
                    return (.failure(FailureRecord(location, stamp, error)), nil)
                }
            }
        )
    }

    private func decode(
        _ location: FileLocation,
        _ content: FileContent
    ) throws -> (ImageContent, PixelBuffer) {
        let reading = try reader.read(content.data, request)
        guard let pixels = reading.pixels else {
            throw MekikiError(.badData, "The image has no pixels.", subject: location.path)
        }
        if let thumbnail = reading.thumbnail {
            try thumbnails.save(thumbnail, of: content.hash, options.thumbnailSize)
        }
        let image = ImageContent(
            hash: content.hash,
            format: reading.format,
            width: reading.width,
            height: reading.height,
            byteCount: content.data.count,
            metadata: reading.metadata,
            averageColor: AverageColor(of: pixels)
        )
        return (image, pixels)
    }

    /// Errors of one file stay with it, except those of the library itself: a full disk stops the run
    /// instead of being written down as a fault of each image.
    private static func outcome<Value>(
        _ work: () throws -> Value
    ) throws -> Result<Value, MekikiError> {
        do {
            return .success(try work())
        } catch let error as MekikiError where error.code != .inputOutput {
            return .failure(error)
        }
    }
}
