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
    let others: [any ImageEncoder]
    let thumbnails: any ThumbnailStore
    let options: IndexingOptions
    let threads: WorkerThreads

    /// Creates an indexer.
    ///
    /// - Parameters:
    ///   - catalog: Where images are kept.
    ///   - reader: What decodes files.
    ///   - encoder: What makes vectors of pictures, in the space that answers.
    ///   - others: What makes vectors of the same pictures in further spaces: in the one that is to take
    ///     the first one's place, so that neither lacks what comes meanwhile.
    ///   - thumbnails: Where thumbnails are kept.
    ///   - options: How to go about it.
    ///   - threadCount: How many files are read and decoded at once.
    public init(
        catalog: any Catalog,
        reader: any ImageReader,
        encoder: any ImageEncoder,
        others: [any ImageEncoder] = [],
        thumbnails: any ThumbnailStore,
        options: IndexingOptions = IndexingOptions(),
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.catalog = catalog
        self.reader = reader
        self.encoder = encoder
        self.others = others
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
        try await stoppable { stop in
            for folder in folders { _ = try FolderScan.resolve(folder) }
            var report = IndexingReport()
            for folder in folders {
                if stop.wasMade { report.wasStopped = true }
                guard !report.wasStopped else { break }
                progress(IndexingProgress(phase: .scanning, folder: folder))
                // Anew for each folder: the one before may be a root around this one.
                let roots = try await catalog.statistics().roots
                let (root, scope) = try FolderScan.place(folder, within: roots)
                if scope.folder.isEmpty { try await takeOver(roots, by: root) }
                try await index(root, [scope], deletions: [], &report, stop, progress)
            }
            if !report.wasStopped { try await complete(&report, stop, progress) }
            return report
        }
    }

    /// Brings the catalog up to date with what changed in watched folders.
    ///
    /// - Parameters:
    ///   - changes: What changed; a watched folder that is gone is left as it is, with a warning.
    ///   - progress: Is told how far the run has come, one call at a time.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` when the catalog or the model fails.
    public func run(
        _ changes: FolderChanges,
        progress: @escaping @Sendable (IndexingProgress) -> Void = { _ in }
    ) async throws -> IndexingReport {
        try await stoppable { stop in
            var report = IndexingReport()
            let roots = try await catalog.statistics().roots
            for watched in changes.roots {
                let around = roots.filter { FileLocation.contains($0, watched) }
                let root = around.min { $0.utf8.count < $1.utf8.count } ?? watched
                if stop.wasMade { report.wasStopped = true }
                guard !report.wasStopped else { break }
                try await index(
                    root,
                    changes.scopes(of: watched, under: root),
                    deletions: changes.deletions(of: watched, under: root),
                    &report,
                    stop,
                    progress
                )
            }
            if !report.wasStopped {
                try await complete(arrived: report.arrived, &report, stop, progress)
            }
            return report
        }
    }

    /// Runs work that a cancellation of this task asks to stop.
    private func stoppable(
        _ work: @escaping @Sendable (StopRequest) async throws -> IndexingReport
    ) async throws -> IndexingReport {
        try await StopRequest.whileStoppable(work)
    }

    // MARK: One folder

    private func index(
        _ root: String,
        _ scopes: [ScanScope],
        deletions: [FileLocation],
        _ report: inout IndexingReport,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws {
        // The disk and the catalog at the same time: of a folder without changes, they are all there
        // is to do.
        async let knownFiles = catalog.files(under: root)
        async let knownFailures = catalog.failures(under: root)
        let scan = try await threads.run { [options] in
            FolderScan(root: root, scopes, passingOver: options.excludedFolder)
        }
        let isWhole = scopes == [ScanScope(folder: "", isDeep: true)]
        let files = try await knownFiles
        let failures = try await knownFailures
        let plan = IndexingPlan(
            found: scan.files,
            known: isWhole ? files : files.filter { scan.covers($0.location) },
            failures: isWhole ? failures : failures.filter { scan.covers($0.location) },
            unreadable: scan.problems.filter(\.hidesFiles).map(\.location),
            deletions: deletions,
            pruning: options.prune
        )
        report.foundCount += scan.files.count
        report.unchangedCount += plan.unchangedCount
        report.stillFailingCount += plan.stillFailingCount
        report.warnings += IndexingWarnings.sentences(for: plan, scan)

        try await bring(plan.toRead, of: scan, &report, stop, progress)
        guard !report.wasStopped else { return }

        // Last, so that a moved file already stands at its new place. Images that no file is left of
        // go with these changes, even when nothing else is in them.
        var changes = CatalogChanges(sightings: plan.returned + plan.refreshed)
        if !scan.isStillThere {
            report.warnings.append("\(scan.root): went away during the run. Run again.")
            changes = CatalogChanges()
        } else if options.prune {
            changes.removals = plan.gone
        } else {
            changes.missing = plan.gone
        }
        let hasChanges =
            !plan.toRead.isEmpty || !plan.returned.isEmpty || !plan.refreshed.isEmpty
            || !plan.gone.isEmpty
        if hasChanges { try await catalog.apply(changes) }
        report.returnedCount += plan.returned.count
        report.goneCount += changes.removals.count + changes.missing.count
    }

    /// Reads files, encodes what is new, and commits it in batches.
    private func bring(
        _ files: [ScannedFile],
        of scan: FolderScan,
        _ report: inout IndexingReport,
        _ stop: StopRequest,
        _ progress: @Sendable (IndexingProgress) -> Void
    ) async throws {
        var state = IndexingProgress(phase: .indexing, folder: scan.folder, total: files.count)
        progress(state)
        guard !files.isEmpty else { return }
        let preparation = FilePreparation(
            store: catalog,
            reader: reader,
            thumbnails: thumbnails,
            request: readRequest(for: encoder),
            options: options,
            threads: threads,
            stop: stop
        )
        let flow = EncodingFlow<PreparedFile>(encoder: encoder, options: options, stop: stop)
        var brought: [ContentHash] = []
        try await flow { flight, entries in
            try await preparation.send(files, flight, to: entries)
        } commit: { items in
            let batch = CommittedBatch(items, in: encoder.space)
            try await catalog.apply(batch.changes)
            preparation.arrivals.forget(batch.hashes)
            report.encodedCount += batch.hashes.count
            if !others.isEmpty { report.arrived += batch.hashes }
            report.recognizedCount += batch.recognizedCount
            report.failures += batch.changes.failures
            state.done += batch.fileCount
            state.failed += batch.changes.failures.count
            progress(state)
            brought += batch.hashes
            if brought.count >= 1000 {
                try await noteMetadata(of: brought)
                brought = []
            }
        }
        try await noteMetadata(of: brought)
        report.wasStopped = state.done < files.count
    }

    /// Notes that the metadata of new images was read with them: what is not noted is read once more.
    private func noteMetadata(of hashes: [ContentHash]) async throws {
        guard let version = options.metadataVersion, !hashes.isEmpty else { return }
        let work = FinishedWork.Work("metadata", version: version)
        let ids = try await catalog.imageIDs(of: hashes).values
        try await catalog.apply(
            CatalogChanges(
                finished: ids.map { FinishedWork(imageID: $0, work: work) },
                keepsImagesWithoutFile: true
            )
        )
    }

    /// Puts the files of roots that lie inside a new root under that one, where the same plan covers
    /// them; otherwise they would be listed twice.
    private func takeOver(_ roots: [String], by outer: String) async throws {
        for root in roots where FileLocation.contains(outer, root) {
            var changes = CatalogChanges()
            for file in try await catalog.files(under: root) {
                guard let place = file.location.moved(under: outer) else { continue }
                changes.sightings.append(
                    FileRecord(location: place, stamp: file.stamp, imageID: file.imageID)
                )
                if file.isMissing { changes.missing.append(place) }
                changes.removals.append(file.location)
            }
            for failure in try await catalog.failures(under: root) {
                guard let place = failure.location.moved(under: outer) else { continue }
                changes.failures.append(
                    FailureRecord(location: place, stamp: failure.stamp, reason: failure.reason)
                )
                changes.removals.append(failure.location)
            }
            try await catalog.apply(changes)
        }
    }

    func readRequest(for encoder: any ImageEncoder) -> ImageReadRequest {
        ImageReadRequest(
            encoderSide: encoder.inputSide,
            thumbnailSide: options.thumbnailSize.side
        )
    }
}
