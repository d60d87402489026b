import MekikiKit
import Testing

@testable import mekiki

@Suite struct IndexingSummaryTests {
    @Test func partsThatAreZeroAreLeftOut() {
        var report = IndexingReport()
        report.foundCount = 3
        report.encodedCount = 3
        #expect(IndexingSummary.sentence(report, seconds: 1.25) == "3 files: 3 new. 1.2 s")
    }

    @Test func everyPartIsNamed() {
        var report = IndexingReport()
        report.foundCount = 1
        report.recognizedCount = 2
        report.completedCount = 3
        report.unchangedCount = 4
        report.returnedCount = 5
        report.goneCount = 6
        report.stillFailingCount = 7
        #expect(
            IndexingSummary.sentence(report, seconds: 0)
                == "1 file: 0 new, 2 recognised, 3 encoded again, 4 unchanged, 5 back, 6 gone, "
                + "7 failed (see `mekiki doctor`). 0.0 s"
        )
    }
}
