import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki models use NAME`: lets another model answer.
struct UseModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Let another model answer, as soon as every image has a vector of it.",
        discussion: """
            The present model goes on answering meanwhile, folders can be indexed, and a running server \
            changes over by itself. Stop with ctrl-C at any time: the same command goes on from there, \
            and so does `mekiki index`. The vectors of the former model are kept until `mekiki models \
            forget`; naming it here goes back to it.
            """
    )

    @Argument(help: "A model's name or folder.", completion: .directory)
    var name: String

    @Flag(
        name: .long,
        help: "Change over even if some images can't be encoded, because their files are gone."
    )
    var incomplete = false

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let shelf = ModelShelf()
        // First what may be wrong, so that a slip of the pen leaves no empty library behind.
        if !library.folder.exists { _ = try await shelf.model(named: name) }
        let opened = try Library(library.folder, creating: true)
        let model = try await opened.model(called: name, from: shelf)
        let before = try await opened.selection()
        let selection = try await opened.use(model)
        guard selection.pending?.space == model.space else {
            return try report(.switched, before, model, filled: 0)
        }
        if !output.quiet, let current = selection.current?.space {
            Terminal.standardError.line(
                PrintableText.of(
                    "\(current.model) goes on answering until every image has a vector of "
                        + "\(model.space.model)."
                )
            )
        }
        let lacking = try await opened.waitingCount(for: model)
        var outcome = try await fill(opened, model)
        if case .incomplete = outcome, incomplete {
            _ = try await opened.useAnyway(model)
            outcome = .switched
        }
        let left = try await opened.waitingCount(for: model)
        try report(outcome, before, model, filled: max(0, lacking - left))
    }

    private func fill(_ opened: Library, _ model: LoadedModel) async throws -> FillingOutcome {
        let progress = ProgressLine(.standardError)
        let isQuiet = output.quiet
        let task = Task {
            try await opened.fill(with: model) { error in
                guard !isQuiet else { return }
                progress.finish()
                Terminal.standardError.line(PrintableText.of(error.message))
            } progress: {
                if !isQuiet { progress.update($0) }
            }
        }
        let interruption = Interruption { task.cancel() }
        let result = await task.result
        interruption.end()
        progress.finish()
        return try result.get()
    }

    private func report(
        _ outcome: FillingOutcome,
        _ before: SpaceSelection,
        _ model: LoadedModel,
        filled: Int
    ) throws {
        let former = before.current.flatMap { $0.space == model.space ? nil : $0.space }
        switch outcome {
        case .switched:
            if output.json {
                try JSONOutput.print(
                    SwitchDocument(
                        model: model.space.model,
                        revision: model.space.revision,
                        former: former?.description,
                        filled: filled
                    )
                )
            } else if !output.quiet {
                var sentence = "The library answers with \(model.space.model)"
                sentence += former == nil ? "." : " now."
                if filled > 0 { sentence += " \(Count.of(filled, "vector")) made." }
                if let former {
                    sentence +=
                        " Those of \(former.model) are kept: `mekiki models use` goes back to them, "
                        + "`mekiki models forget` removes them."
                }
                Terminal.standardOutput.line(PrintableText.of(sentence))
            }
        case .superseded:
            throw MekikiError(
                .unavailable,
                "Another model was requested meanwhile. `mekiki models list` shows which.",
                subject: model.space.model
            )
        case .incomplete(let count):
            throw MekikiError(
                .noInput,
                "\(Count.of(count, "image")) can't be encoded: their files are gone, or have changed. "
                    + "Run `mekiki index` on their folders, which completes the change-over; or "
                    + "change over without them: --incomplete.",
                subject: model.space.model
            )
        case .stopped:
            throw MekikiError(
                .cancelled,
                "Stopped. What was done is kept; the same command goes on from there, and so does "
                    + "`mekiki index`."
            )
        }
    }
}

/// `mekiki models forget NAME`: removes the vectors of a model.
struct ForgetModel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Remove the vectors of a model that does not answer; its files stay.",
        discussion: "A change-over to the model that is under way is given up."
    )

    @Argument(help: "A model's name, or name@revision, as `mekiki models list` shows it.")
    var name: String

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let opened = try Library(library.folder)
        let space = try await opened.space(called: name, from: ModelShelf())
        let count = try await opened.forget(space.space)
        if output.json {
            try JSONOutput.print(["removedVectors": count])
        } else if !output.quiet {
            Terminal.standardOutput.line(
                "Forgot \(Count.of(count, "vector")) (\(Count.bytes(space.byteCount)))."
            )
        }
    }
}

/// A change of the model that answers, as JSON.
private struct SwitchDocument: Encodable {
    var model: String
    var revision: String
    var former: String?
    var filled: Int
}
