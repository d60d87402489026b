import MekikiKit

/// An indexing run as JSON.
struct IndexingDocument: Encodable {
    var found, new, recognized, completed, filled, unchanged, returned, gone, stillFailing: Int
    var failures: [FailureDocument]
    var warnings: [String]
    var stopped: Bool
    /// The model that answers since this run, where it took another's place.
    var switchedTo: String?
    var seconds: Double

    init(_ report: IndexingReport, seconds: Double) {
        found = report.foundCount
        new = report.encodedCount
        recognized = report.recognizedCount
        completed = report.completedCount
        filled = report.filledCount
        switchedTo = report.switchedTo?.description
        unchanged = report.unchangedCount
        returned = report.returnedCount
        gone = report.goneCount
        stillFailing = report.stillFailingCount
        failures = report.failures.map(FailureDocument.init)
        warnings = report.warnings
        stopped = report.wasStopped
        self.seconds = seconds
    }
}
