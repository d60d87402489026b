import MekikiKit

/// An indexing run as JSON.
struct IndexingDocument: Encodable {
    var found, new, recognized, completed, unchanged, returned, gone, stillFailing: Int
    var failures: [FailureDocument]
    var warnings: [String]
    var stopped: Bool
    var seconds: Double

    init(_ report: IndexingReport, seconds: Double) {
        found = report.foundCount
        new = report.encodedCount
        recognized = report.recognizedCount
        completed = report.completedCount
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
