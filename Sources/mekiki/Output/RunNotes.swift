import Foundation
import MekikiKit
import Synchronization

/// Says which models a run makes vectors with: once, and again when that changes between the runs of a
/// watch.
final class RunNotes: Sendable {
    private let output: OutputOptions
    private let last = Mutex<[String]>([])

    /// Prepares to speak.
    ///
    /// - Parameter output: How the command prints.
    init(_ output: OutputOptions) {
        self.output = output
    }

    /// Says what is new.
    ///
    /// - Parameters:
    ///   - models: The models of a run.
    ///   - isFirst: Whether the library answers with none yet.
    func show(_ models: IndexingModels, isFirst: Bool) {
        let used = UsedModel(models.current, isFirst ? .standard : .library)
        let environment = ProcessInfo.processInfo.environment
        let lines =
            [ModelSentence.of(used, current: models.current.space, environment: environment)]
            + models.notes
        let isNews = last.withLock { last in
            defer { last = lines }
            return last != lines
        }
        guard isNews, !output.quiet else { return }
        for line in lines {
            Terminal.standardError.line(
                Terminal.standardError.styled(PrintableText.of(line), .faint)
            )
        }
    }
}
