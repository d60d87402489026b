import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki models pull NAME`: a model of the hub into the cache.
struct ModelsPull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch a model from the model hub, or complete one that was begun.",
        discussion: """
            The files are kept in the hub's own cache ($HF_HOME, by default \
            ~/.cache/huggingface), which Python's libraries share. Stop it at any time: the same \
            command goes on from there. HF_ENDPOINT, HF_TOKEN, HF_HUB_CACHE and HF_HUB_OFFLINE mean \
            what they mean there.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A preset or a name of the model hub, such as multilingual or openai/clip-vit-base-patch32.",
            valueName: "name"
        )
    )
    var model: String

    @Option(name: .long, help: "A branch, a tag or a commit; the newest if left out.")
    var revision: String?

    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard var reference = ModelReference(model) else {
            let names = ModelPreset.all.map(\.name).joined(separator: ", ")
            throw MekikiError(
                .usage,
                "This is no preset and no name of the hub. Presets: \(names). Names have the form "
                    + "organisation/name.",
                subject: model
            )
        }
        if let revision { reference.revision = revision }
        let pulled = try await ModelPulling.run(reference, output)
        if output.json {
            try JSONOutput.print(PulledDocument(pulled))
            return
        }
        guard !output.quiet else { return }
        Terminal.standardOutput.line(ModelPulling.sentence(pulled))
        Terminal.standardOutput.line(PrintableText.of("  " + pulled.folder.path))
    }
}

/// What was fetched, as JSON.
private struct PulledDocument: Encodable {
    var repository: String
    var commit: String
    var folder: String
    var files: Int
    var bytes: Int64
    var fetchedBytes: Int64

    init(_ model: PulledModel) {
        repository = model.repository.description
        commit = model.commit
        folder = model.folder.path
        files = model.files
        bytes = model.bytes
        fetchedBytes = model.fetchedBytes
    }
}
