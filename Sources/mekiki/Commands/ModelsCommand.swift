import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki models list|info`: the models at hand.
struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models",
        abstract: "List models, show what one is, and choose the one that answers.",
        subcommands: [ListModels.self, ModelInfo.self, UseModel.self, ForgetModel.self],
        defaultSubcommand: ListModels.self
    )

    /// `mekiki models list`: one line a model.
    struct ListModels: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the models at hand and those that the library has vectors of."
        )

        @OptionGroup var library: LibraryOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let shelf = ModelShelf()
            var rows: [ModelDocument] = []
            if library.folder.exists {
                let spaces = try await Library(library.folder).spaces()
                rows = spaces.map(ModelDocument.init)
            }
            // Those at hand that the library has no vectors of; without a library, the first answers.
            let atHand = [try? await shelf.standard(), try? ModelShelf.files(.starter)]
            for model in atHand.compactMap(\.self) {
                let known = rows.firstIndex {
                    $0.name == model.space.model && $0.revision == model.space.revision
                }
                if let known {
                    rows[known].folder = model.summary.folder
                } else {
                    rows.append(ModelDocument(model.summary, isCurrent: rows.isEmpty))
                }
            }
            for row in rows {
                if output.json { try JSONOutput.print(row) } else { row.printLine() }
            }
        }
    }

    /// `mekiki models info [FOLDER]`: the facts of one, and a self-test.
    struct ModelInfo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "info",
            abstract: "Show what a model is, and check that it computes."
        )

        @Argument(
            help: "The model's folder; the current model if left out.",
            completion: .directory
        )
        var folder: String?

        @OptionGroup var output: OutputOptions

        func run() async throws {
            let model = try Wiring.model(ModelChoice(named: folder))
            // Encoding something loads both towers, and each tests itself when it is loaded.
            _ = try await model.textEncoder.encode(["猫"])
            let grey = PixelBuffer(width: 8, height: 8, bytes: .init(repeating: 128, count: 192))
            _ = try await model.imageEncoder.encode([grey])
            if output.json {
                try JSONOutput.print(model.summary)
            } else {
                model.summary.print(to: .standardOutput)
            }
        }
    }
}

/// A model in the list, as JSON and as a line.
private struct ModelDocument: Encodable {
    var name: String
    var revision: String
    var dimension: Int
    var folder: String?
    var isCurrent: Bool
    var isPending = false
    var vectors: Int?
    var lacking: Int?

    init(_ summary: ModelSummary, isCurrent: Bool) {
        name = summary.name
        revision = summary.revision
        dimension = summary.dimension
        folder = summary.folder
        self.isCurrent = isCurrent
    }

    init(_ status: SpaceStatus) {
        name = status.space.model
        revision = status.space.revision
        dimension = status.space.dimension
        folder = status.chosen.folder
        isCurrent = status.isCurrent
        isPending = status.isPending
        vectors = status.vectorCount
        lacking = status.lackingCount
    }

    func printLine() {
        let mark = isCurrent ? "* " : isPending ? "> " : "  "
        var line = mark + DisplayWidth.pad(PrintableText.of(name), to: 20)
        line += "  \(revision.prefix(8))  \(dimension) dimensions"
        if let vectors {
            line += ", "
            if isPending { line += "filling, " }
            line +=
                (lacking ?? 0) > 0
                ? "\(vectors) of \(vectors + (lacking ?? 0)) images"
                : Count.of(vectors, "vector") + " in the library"
        }
        line += folder.map { "  \(PrintableText.of($0))" } ?? "  (its folder is not known)"
        Terminal.standardOutput.line(line)
    }
}

extension ModelSummary {
    /// Prints the facts, one a line.
    fileprivate func print(to terminal: Terminal) {
        let megabytes = Int64(weightBytes).formatted(.byteCount(style: .file))
        let lines = [
            ("name", name), ("folder", folder), ("architecture", architecture),
            ("vectors", "\(dimension) dimensions"), ("pictures", "\(imageSide)×\(imageSide)"),
            ("text", "up to \(textLength) tokens"), ("weights", megabytes),
            ("computes in", precision), ("revision", revision),
        ]
        for (label, value) in lines {
            let padded = DisplayWidth.pad(label, to: 12)
            terminal.line(terminal.styled(padded, .faint) + "  " + PrintableText.of(value))
        }
        terminal.line("Both towers loaded and passed their self-test.")
    }
}
