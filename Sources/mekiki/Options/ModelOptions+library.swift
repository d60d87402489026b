import Foundation
import MekikiKit

extension ModelOptions {
    /// The model that a command on a library works with: the one that was named, else the library's own.
    ///
    /// - Parameters:
    ///   - opened: The library.
    ///   - shelf: Where models are found.
    ///   - output: How the command prints; unless quietly, it says which model it is, and why.
    /// - Returns: The model.
    /// - Throws: `MekikiError` when it can't be had.
    func load(
        for opened: Library,
        from shelf: ModelShelf = ModelShelf(),
        _ output: OutputOptions
    ) async throws -> LoadedModel {
        let used = try await opened.model(named: model, from: shelf)
        guard !output.quiet else { return used.model }
        let current = try await opened.selection().current?.space
        let sentence = ModelSentence.of(
            used,
            current: current,
            environment: ProcessInfo.processInfo.environment
        )
        Terminal.standardError.line(
            Terminal.standardError.styled(PrintableText.of(sentence), .faint)
        )
        return used.model
    }
}
