import Foundation
import MekikiKit

/// Fetches a model while a person watches.
enum ModelPulling {
    /// Fetches a model; ctrl-C ends it.
    ///
    /// - Parameters:
    ///   - reference: Which model.
    ///   - output: How to print.
    /// - Returns: What was done.
    /// - Throws: `MekikiError`.
    static func run(_ reference: ModelReference, _ output: OutputOptions) async throws
        -> PulledModel
    {
        let line = PullLine(.standardError)
        let task = Task {
            try await Wiring.pull(reference) { if !output.quiet { line.update($0) } }
        }
        let interruption = Interruption("Stopping") { task.cancel() }
        let result = await task.result
        interruption.end()
        line.finish()
        do {
            return try result.get()
        } catch is CancellationError {
            throw MekikiError(
                .cancelled,
                "Stopped. What was fetched is kept; run the same command again to go on."
            )
        }
    }

    /// What was done, in a sentence.
    static func sentence(_ model: PulledModel) -> String {
        let size = model.bytes.formatted(.byteCount(style: .file))
        let files = "\(model.files) files, \(size)"
        guard model.fetchedBytes > 0 else { return "\(model.repository) is here: \(files)." }
        return "Fetched \(model.repository): \(files)."
    }
}
