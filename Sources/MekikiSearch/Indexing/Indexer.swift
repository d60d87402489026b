import Foundation
import MekikiCore

/// The flow inwards: folders of image files become images with vectors in a catalog.
///
/// A run can be stopped or killed at any moment: each batch is one transaction, and the next run
/// goes on where this one ended. Only one indexer may work on a library at a time; whoever wires
/// this type together sees to that.
public struct Indexer: Sendable {
    private let catalog: any Catalog
    private let reader: any ImageReader
    private let encoder: any ImageEncoder
    private let thumbnails: any ThumbnailStore
    private let options: IndexingOptions
    private let threads: WorkerThreads

    /// Creates an indexer.
    ///
    /// - Parameters:
    ///   - catalog: Where images are kept.
    ///   - reader: What decodes files.
    ///   - encoder: What makes vectors of pictures.
    ///   - thumbnails: Where thumbnails are kept.
    ///   - options: How to go about it.
    ///   - threadCount: How many files are read and decoded at once.
    public init(
        catalog: any Catalog,
        reader: any ImageReader,
        encoder: any ImageEncoder,
        thumbnails: any ThumbnailStore,
        options: IndexingOptions = IndexingOptions(),
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.catalog = catalog
        self.reader = reader
        self.encoder = encoder
        self.thumbnails = thumbnails
        self.options = options
        threads = WorkerThreads(count: threadCount, name: "mekiki reader")
    }

    /// Brings the catalog up to date with folders.
    ///
    /// Cancelling the task stops the run after the batch at hand; the report says so.
    ///
    /// - Parameters:
    ///   - folders: The folders; one inside a folder that is indexed already belongs to that one.
    ///   - progress: Is told how far the run has come, one call at a time.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` when a folder is absent, before anything was changed; when the
    ///   catalog or the model fails. A file that can't be read is no error: it is recorded.
    public func run(
        _ folders: [String],
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        let stop = StopRequest()
        // A task of its own: in a cancelled task the catalog refuses even the last batch, and what
        // was encoded would be lost.
        return try await withTaskCancellationHandler {
            try await Task { try await run(folders, stop, progress) }.value
        } onCancel: {
            stop.make()
        }
    }

    private func run(
        _ folders: [String],
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws -> IndexingReport {
        var report = IndexingReport()
        let roots = try await catalog.statistics().roots
        for folder in folders { _ = try FolderScan.resolve(folder) }
        for folder in folders where !report.wasStopped {
            progress(IndexingProgress(phase: .scanning, folder: folder))
            let scan = try FolderScan(folder, within: roots)
            try await index(scan, &report, stop, progress)
            if !report.wasStopped { try await absorb(roots, into: scan) }
        }
        if !report.wasStopped {
            try await complete(&report, stop, progress)
        }
        return report
    }

    // MARK: One folder

    private func index(
        _ scan: FolderScan,
        _ report: inout IndexingReport,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws {
        let plan = IndexingPlan(
            found: scan.files,
            known: try await catalog.files(under: scan.root).filter { scan.covers($0.location) },
            failures: try await catalog.failures(under: scan.root)
                .filter { scan.covers($0.location) },
            unreadable: scan.problems.map(\.location),
            pruning: options.prune
        )
        report.foundCount += scan.files.count
        report.unchangedCount += plan.unchangedCount
        report.stillFailingCount += plan.stillFailingCount
        report.warnings += IndexingWarnings.sentences(for: plan, scan)

        var state = IndexingProgress(
            phase: .indexing,
            folder: scan.folder,
            total: plan.toRead.count
        )
        progress(state)
        try await forEachBatch(of: plan.toRead, report: &report, stop) { batch, report in
            report.encodedCount += batch.new.count
            report.recognizedCount += batch.recognized.count + batch.copies.count
            report.failures += batch.failures
            state.done += batch.fileCount
            state.failed += batch.failures.count
            progress(state)
        }
        guard !report.wasStopped else { return }

        // Last, so that a moved file already stands at its new place and its image is kept.
        var changes = CatalogChanges(sightings: plan.returned)
        if options.prune { changes.removals = plan.gone } else { changes.missing = plan.gone }
        if !plan.returned.isEmpty || !plan.gone.isEmpty { try await catalog.apply(changes) }
        report.returnedCount += plan.returned.count
        report.goneCount += plan.gone.count
    }

    /// Forgets files under roots that lie inside a folder that is now a root itself.
    ///
    /// They stand under the outer root and would be listed twice. Only those that the scan saw are
    /// forgotten: the inner folder may be a disk that is not mounted.
    private func absorb(_ roots: [String], into scan: FolderScan) async throws {
        let inner = roots.filter { FolderScan.contains(scan.root, $0) }
        guard !inner.isEmpty else { return }
        let seen = Set(scan.files.map(\.location.absolutePath))
        for root in inner {
            let files = try await catalog.files(under: root).map(\.location)
            let failures = try await catalog.failures(under: root).map(\.location)
            let doubles = (files + failures).filter { seen.contains($0.absolutePath) }
            if !doubles.isEmpty { try await catalog.apply(CatalogChanges(removals: doubles)) }
        }
    }

    /// Prepares, encodes and commits files in batches: while one batch is encoded, the next is read.
    private func forEachBatch(
        of files: [ScannedFile],
        report: inout IndexingReport,
        _ stop: StopRequest,
        _ done: (PreparedBatch, inout IndexingReport) -> Void
    ) async throws {
        let preparation = BatchPreparation(
            store: catalog,
            reader: reader,
            thumbnails: thumbnails,
            request: readRequest,
            maximumFileSize: options.maximumFileSize,
            threads: threads
        )
        let batches = stride(from: 0, to: files.count, by: options.batchSize).map {
            Array(files[$0..<min($0 + options.batchSize, files.count)])
        }
        guard let first = batches.first else { return }
        var current = try await preparation(first, arriving: [:])
        for index in batches.indices {
            let following = index + 1 < batches.count ? batches[index + 1] : nil
            let arriving = current.contents
            async let next = following.asyncMap { try await preparation($0, arriving: arriving) }
            try await commit(current)
            done(current, &report)
            let prepared = try await next
            if stop.wasMade {
                report.wasStopped = following != nil
                return
            }
            if let prepared { current = prepared }
        }
    }

    private func commit(_ batch: PreparedBatch) async throws {
        let vectors = try await encoder.encode(batch.new.map(\.pixels))
        let additions = zip(batch.new, vectors).map { image, vector in
            CatalogChanges.Addition(
                location: image.location,
                stamp: image.stamp,
                content: image.content,
                vector: (encoder.space, vector)
            )
        }
        try await catalog.apply(
            CatalogChanges(
                additions: additions + batch.copies,
                sightings: batch.recognized,
                failures: batch.failures
            )
        )
    }

    private var readRequest: ImageReadRequest {
        ImageReadRequest(
            encoderSide: encoder.inputSide,
            thumbnailSide: options.thumbnailSide
        )
    }

    // MARK: Images of earlier runs

    /// Gives images that another model encoded a vector of the present one.
    private func complete(
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
        let request = ImageReadRequest(encoderSide: encoder.inputSide, thumbnailSide: nil)
        var pictures: [(id: ImageID, pixels: PixelBuffer)] = []
        try await withThrowingTaskGroup(of: (ImageID, PixelBuffer)?.self) { group in
            for record in records {
                guard let file = files[record.id]?.first(where: { !$0.isMissing }) else { continue }
                group.addTask { [threads, reader, options] in
                    try await threads.run {
                        guard
                            let content = try? FileContent(
                                at: file.location,
                                maximumSize: options.maximumFileSize
                            ),
                            content.hash == record.content.hash,
                            let pixels = try? reader.read(content.data, request).pixels
                        else { return nil }
                        return (record.id, pixels)
                    }
                }
            }
            for try await case let (id, pixels)? in group { pictures.append((id, pixels)) }
        }
        return pictures.sorted { $0.id < $1.id }
    }
}

extension Optional where Wrapped: Sendable {
    /// The transformed value, `nil` for `nil`; `map` can't wait.
    fileprivate func asyncMap<Output: Sendable>(
        _ transform: @Sendable (Wrapped) async throws -> Output
    ) async throws -> Output? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
