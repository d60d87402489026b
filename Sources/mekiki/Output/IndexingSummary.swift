import Foundation
import MekikiKit

/// An indexing run in one sentence.
enum IndexingSummary {
    /// The sentence; parts that are zero are left out.
    static func sentence(_ report: IndexingReport, seconds: Double) -> String {
        var parts = ["\(report.encodedCount) new"]
        func add(_ count: Int, _ words: String) {
            if count > 0 { parts.append("\(count) \(words)") }
        }
        add(report.recognizedCount, "recognised")
        add(report.completedCount, "encoded again")
        add(report.filledCount, "encoded for another model")
        add(report.unchangedCount, "unchanged")
        add(report.returnedCount, "back")
        add(report.goneCount, "gone")
        let failed = report.failures.count + report.stillFailingCount
        add(failed, "failed (see `mekiki doctor`)")
        let files = report.foundCount == 1 ? "1 file" : "\(report.foundCount) files"
        return "\(files): \(parts.joined(separator: ", ")). "
            + String(format: "%.1f s", seconds)
            + (report.switchedTo.map { ". The library answers with \($0.model) now." } ?? "")
    }
}
