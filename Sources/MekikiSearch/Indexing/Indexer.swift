import Foundation
import MekikiCore

/// The flow inwards: folders of image files become images with vectors in a catalog.
///
/// A run can be stopped or killed at any moment: each batch is one transaction, and the next run
/// goes on where this one ended. Only one indexer may work on a library at a time; whoever wires
/// this type together sees to that.
public struct Indexer: Sendable {
    let catalog: any Catalog
    let reader: any ImageReader
    let encoder: any ImageEncoder
    let thumbnails: any ThumbnailStore
    let options: IndexingOptions
    let threads: WorkerThreads

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
        for folder in folders { _ = try FolderScan.resolve(folder) }
        for folder in folders {
            if stop.wasMade {
                report.wasStopped = true
                return report
            }
            progress(IndexingProgress(phase: .scanning, folder: folder))
            // Anew for each folder: the one before may be a root around this one.
            let roots = try await catalog.statistics().roots
            let scan = try FolderScan(folder, within: roots, passingOver: options.excludedFolder)
            try await takeOver(roots, by: scan)
            try await index(scan, &report, stop, progress)
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
            unreadable: scan.problems.filter(\.hidesFiles).map(\.location),
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

        // Last, so that a moved file already stands at its new place. Images that no file is left of
        // go with these changes, even when nothing else is in them.
        var changes = CatalogChanges(sightings: plan.returned)
        if FileStatus(of: scan.folder) == nil {
            report.warnings.append("\(scan.folder): went away during the run. Run again.")
        } else if options.prune {
            changes.removals = plan.gone
        } else {
            changes.missing = plan.gone
        }
        let hasChanges = !plan.toRead.isEmpty || !plan.returned.isEmpty || !plan.gone.isEmpty
        if hasChanges { try await catalog.apply(changes) }
        report.returnedCount += plan.returned.count
        report.goneCount += changes.removals.count + changes.missing.count
    }

    /// Puts the files of roots that lie inside a new root under that one, where the same plan covers
    /// them; otherwise they would be listed twice.
    private func takeOver(_ roots: [String], by scan: FolderScan) async throws {
        for root in roots where FileLocation.contains(scan.root, root) {
            var changes = CatalogChanges()
            for file in try await catalog.files(under: root) {
                guard let place = file.location.moved(under: scan.root) else { continue }
                changes.sightings.append(
                    FileRecord(location: place, stamp: file.stamp, imageID: file.imageID)
                )
                if file.isMissing { changes.missing.append(place) }
                changes.removals.append(file.location)
            }
            for failure in try await catalog.failures(under: root) {
                guard let place = failure.location.moved(under: scan.root) else { continue }
                changes.failures.append(
                    FailureRecord(location: place, stamp: failure.stamp, reason: failure.reason)
                )
                changes.removals.append(failure.location)
            }
            try await catalog.apply(changes)
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
            thumbnailSize: options.thumbnailSize,
            maximumFileSize: options.maximumFileSize,
            threads: threads
        )
        let batches = options.batches(of: files)
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
                failures: batch.failures,
                // A file that was renamed in a row may find its image at its new place only in a
                // later batch.
                keepsImagesWithoutFile: true
            )
        )
    }

    var readRequest: ImageReadRequest {
        ImageReadRequest(
            encoderSide: encoder.inputSide,
            thumbnailSide: options.thumbnailSize.side
        )
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
