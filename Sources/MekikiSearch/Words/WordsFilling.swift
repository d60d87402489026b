import Foundation
import MekikiCore

/// The flow that gives the images of a library their words, after they have their vectors: text files beside
/// them, metadata of a newer kind, the text in pictures, and a vector for each text.
///
/// It holds the right to index the library for a few seconds at a time, so that folders can be indexed
/// meanwhile. What is done stands in the catalog, in the transaction of its result: whoever starts it again
/// goes on, however it ended. Cheap work comes first, and vectors are made before pictures are read
/// and again afterwards, so that captions and prompts don't wait for OCR.
public struct WordsFilling: Sendable {
    /// Runs a turn while nobody else may index the library; who waits for it throws `CancellationError`
    /// when the turn is not wanted any more.
    public typealias Turn =
        @Sendable (
            _ isStopped: @escaping @Sendable () -> Bool,
            _ work: @escaping @Sendable () async throws -> Void
        ) async throws -> Void

    /// The setting that, with the value `off`, leaves the text in pictures unread.
    public static let ocrSetting = "ocr"

    let catalog: any Catalog
    let reader: any ImageReader
    let ocr: (any OCREngine)?
    let encoder: (any TextEncoder)?
    let metadataVersion: String
    let options: IndexingOptions
    let threads: WorkerThreads

    /// Creates a filling.
    ///
    /// - Parameters:
    ///   - catalog: Where images are kept.
    ///   - reader: What decodes files.
    ///   - ocr: What reads the text in pictures; `nil` to leave it.
    ///   - encoder: What makes vectors of texts, in a space of texts; `nil` to make none.
    ///   - metadataVersion: How metadata is read; images of another version are read anew.
    ///   - options: How to go about it.
    ///   - threadCount: How many files are read and decoded at once.
    public init(
        catalog: any Catalog,
        reader: any ImageReader,
        ocr: (any OCREngine)?,
        encoder: (any TextEncoder)?,
        metadataVersion: String,
        options: IndexingOptions = IndexingOptions(),
        threadCount: Int = ProcessInfo.processInfo.activeProcessorCount
    ) {
        self.catalog = catalog
        self.reader = reader
        self.ocr = ocr
        self.encoder = encoder
        self.metadataVersion = metadataVersion
        self.options = options
        threads = WorkerThreads(count: threadCount, name: "mekiki words")
    }

    /// Does what is to be done.
    ///
    /// Cancelling the task stops it after the batch at hand.
    ///
    /// - Parameters:
    ///   - turn: Gives the right to index for the time of its work.
    ///   - progress: Is told how far it has come, one call at a time.
    /// - Returns: What was done.
    /// - Throws: `MekikiError` when the catalog, the model or Tesseract fails.
    public func callAsFunction(
        _ turn: @escaping Turn,
        progress: @escaping @Sendable (WordsProgress) -> Void = { _ in }
    ) async throws -> WordsReport {
        try await StopRequest.whileStoppable { stop in
            var run = WordsRun(filling: self, turn: turn, stop: stop, progress: progress)
            do {
                try await run.readSidecars()
                try await run.readMetadata()
                try await run.makeVectors()
                try await run.readPictures()
                try await run.makeVectors()
            } catch is CancellationError where stop.wasMade {
                run.report.wasStopped = true
            }
            if stop.wasMade { run.report.wasStopped = true }
            return run.report
        }
    }
}
