import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki models info [NAME]`: the facts of one, and a self-test.
struct ModelsInfo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Show what a model is, and check that it computes.",
        discussion: "A preset that isn't here is described as it is known."
    )

    @Argument(
        help: "A preset, a name of the model hub, or a folder; the current model if left out.",
        completion: .directory
    )
    var model: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        if let reference = model.flatMap(ModelReference.init), let preset = reference.preset {
            let isHere = Wiring.cachedModel(reference)?.isComplete == true
            guard isHere else {
                try show(preset, reference)
                return
            }
        }
        let choice = try ModelChoice(named: model)
        guard !Wiring.isTextModel(choice) else {
            try await showTextModel(choice)
            return
        }
        let loaded = try Wiring.model(choice)
        // Encoding something loads both towers, and each tests itself when it is loaded.
        _ = try await loaded.textEncoder.encode(["猫"])
        let grey = PixelBuffer(width: 8, height: 8, bytes: .init(repeating: 128, count: 192))
        _ = try await loaded.imageEncoder.encode([grey])
        if output.json {
            try JSONOutput.print(loaded.summary)
            return
        }
        loaded.summary.printFacts()
        if let preset = RepositoryName(choice.name).flatMap(ModelPreset.of) {
            FactLines.print(try facts(preset, isHere: true))
        }
        Terminal.standardOutput.line("Both towers loaded and passed their self-test.")
    }

    private func showTextModel(_ choice: ModelChoice) async throws {
        let summary: TextModelSummary
        // Scoring or encoding something loads the weights, which test themselves then.
        if try Wiring.isReranker(choice) {
            let loaded = try Wiring.reranker(choice)
            _ = try await loaded.reranker.scores(of: ["猫がいる。"], for: "猫")
            summary = loaded.summary
        } else {
            let loaded = try Wiring.textModel(choice)
            _ = try await loaded.encoder.encode(["猫"])
            summary = loaded.summary
        }
        if output.json {
            try JSONOutput.print(summary)
            return
        }
        summary.printFacts()
        if let preset = RepositoryName(choice.name).flatMap(ModelPreset.of) {
            FactLines.print(try facts(preset, isHere: true))
        }
        Terminal.standardOutput.line("The model loaded and passed its self-test.")
    }

    private func show(_ preset: ModelPreset, _ reference: ModelReference) throws {
        let entry = ModelInventory(current: try ModelChoice()).entries
            .first { $0.preset == preset }
        if output.json {
            if let entry { try JSONOutput.print(ModelDocument(entry)) }
            return
        }
        let isHere = entry?.presence == .here
        var lines = [("name", preset.name), ("repository", preset.repository.description)]
        lines += try facts(preset, isHere: isHere)
        if isHere, let folder = entry?.folder { lines.append(("folder", folder.path)) }
        FactLines.print(lines)
        guard !isHere, !output.quiet else { return }
        Terminal.standardOutput.line("Fetch it with `mekiki models pull \(reference.pullName)`.")
    }

    private func facts(_ preset: ModelPreset, isHere: Bool) throws -> [(String, String)] {
        let size = preset.downloadBytes.formatted(.byteCount(style: .file))
        var lines = [
            ("for", preset.purpose), ("kind", preset.role.rawValue),
            ("languages", preset.languages), ("licence", preset.licence),
            ("page", try Wiring.page(of: preset.repository)),
        ]
        if !isHere { lines.append(("download", "about \(size)")) }
        if let dimension = preset.dimension, !isHere {
            lines.append(("vectors", "\(dimension) dimensions"))
        }
        if preset.isGated { lines.append(("terms", "to be accepted on its page first")) }
        for figure in preset.figures {
            lines.append(("quality", "\(figure.measure): \(figure.value) – \(figure.source)"))
        }
        if preset.figures.isEmpty { lines.append(("quality", "no comparable figure is known")) }
        return lines
    }
}

extension ModelSummary {
    /// Prints the facts, one a line.
    fileprivate func printFacts() {
        let megabytes = Int64(weightBytes).formatted(.byteCount(style: .file))
        FactLines.print([
            ("name", name), ("folder", folder), ("architecture", architecture),
            ("vectors", "\(dimension) dimensions"), ("pictures", "\(imageSide)×\(imageSide)"),
            ("text", "up to \(textLength) tokens"), ("weights", megabytes),
            ("computes in", precision), ("revision", revision),
        ])
    }
}

extension TextModelSummary {
    /// Prints the facts, one a line.
    fileprivate func printFacts() {
        let megabytes = Int64(weightBytes).formatted(.byteCount(style: .file))
        var facts = [("name", name), ("folder", folder), ("architecture", architecture)]
        if let dimension { facts.append(("vectors", "\(dimension) dimensions")) }
        facts += [
            ("text", "up to \(textLength) tokens"), ("weights", megabytes),
            ("computes in", precision), ("revision", revision),
        ]
        FactLines.print(facts)
    }
}
