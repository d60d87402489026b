import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki index FOLDER…`: folders into the library.
struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Read folders of images into the library, or bring it up to date with them.",
        discussion: """
            Only new and changed files are read. Files that can't be read are listed by \
            `mekiki doctor` and tried again when they change. Stop with ctrl-C at any time: \
            the next run goes on from there.
            """
    )

    @Argument(help: "Folders of images, searched with their subfolders.", completion: .directory)
    var folders: [String]

    @Flag(
        name: .long,
        help: "Forget images whose files are gone, however many they are."
    )
    var prune = false

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        // First what may be wrong, so that a slip of the pen leaves no empty library behind.
        for folder in folders { _ = try FolderScan.resolve(folder) }
        let loaded = try model.load(output)
        let opened = try Library(library.folder, creating: true)
        let progress = ProgressLine(.standardError)
        let start = ContinuousClock.now
        let task = Task {
            try await opened.index(
                folders,
                with: loaded,
                options: IndexingOptions(prune: prune),
                progress: { if !output.quiet { progress.update($0) } }
            )
        }
        let interruption = Interruption { task.cancel() }
        let result = await task.result
        interruption.end()
        progress.finish()
        let report = try result.get()
        try show(report, seconds: (ContinuousClock.now - start) / .seconds(1))
        if report.wasStopped {
            throw MekikiError(
                .cancelled,
                "Stopped. What was done is kept; run the same command again to go on."
            )
        }
    }

    private func show(_ report: IndexingReport, seconds: Double) throws {
        for warning in report.warnings {
            Terminal.standardError.line("mekiki: warning: " + PrintableText.of(warning))
        }
        if output.json {
            try JSONOutput.print(IndexingDocument(report, seconds: seconds))
            return
        }
        guard !output.quiet else { return }
        for failure in report.failures.prefix(10) {
            Terminal.standardError.line(
                PrintableText.of("  \(failure.location.path): \(failure.reason)")
            )
        }
        if report.failures.count > 10 {
            Terminal.standardError.line("  … and \(report.failures.count - 10) more")
        }
        let sentence = IndexingSummary.sentence(report, seconds: seconds)
        Terminal.standardOutput.line(sentence)
    }
}

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
        add(report.unchangedCount, "unchanged")
        add(report.returnedCount, "back")
        add(report.goneCount, "gone")
        let failed = report.failures.count + report.stillFailingCount
        add(failed, "failed (see `mekiki doctor`)")
        let files = report.foundCount == 1 ? "1 file" : "\(report.foundCount) files"
        return "\(files): \(parts.joined(separator: ", ")). "
            + String(format: "%.1f s", seconds)
    }
}

/// An indexing run as JSON.
private struct IndexingDocument: Encodable {
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
