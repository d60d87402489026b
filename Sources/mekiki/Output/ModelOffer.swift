import Foundation
import MekikiKit

/// Asks somebody who is about to make a first library whether a real model is to be fetched.
enum ModelOffer {
    /// Asks where that makes sense, and fetches only after a yes.
    ///
    /// It does where nobody chose a model, the starter would be used, there is no library yet, and a
    /// person is there to answer.
    ///
    /// - Parameters:
    ///   - model: What the command line names.
    ///   - library: Where the library will be.
    ///   - output: How to print.
    /// - Throws: `MekikiError` when the model can't be fetched.
    static func make(
        _ model: ModelOptions,
        _ library: LibraryFolder,
        _ output: OutputOptions
    ) async throws {
        let terminal = Terminal.standardError
        guard !output.quiet, !output.json, !library.exists, terminal.isInteractive,
            isatty(STDIN_FILENO) == 1, try isWanting(model), let hub = try? Wiring.hub(),
            !hub.isOffline, let preset = ModelReference.standard.preset
        else { return }
        let size = preset.downloadBytes.formatted(.byteCount(style: .file))
        terminal.line(
            """
            No model was chosen. The starter model, which comes with Mekiki, knows clip-art and \
            simple scenes, no photographs.
            """
        )
        terminal.write(
            "Fetch the model “\(preset.name)” (\(preset.repository), \(size), "
                + "\(preset.licence), \(preset.languages)) from \(hub.name)? [y/N] "
        )
        guard let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased(),
            ["y", "yes", "はい"].contains(answer)
        else {
            terminal.line("`mekiki models pull \(preset.name)` fetches it later.")
            return
        }
        let pulled = try await ModelPulling.run(.standard, output)
        terminal.line(ModelPulling.sentence(pulled))
    }

    private static func isWanting(_ model: ModelOptions) throws -> Bool {
        let choice = try ModelChoice(named: model.model)
        return choice.isUnnamed && choice.isStarter
    }
}
