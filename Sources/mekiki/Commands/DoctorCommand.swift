import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki doctor`: what is wrong, and why.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the library and the model; list files that could not be indexed, and why."
    )

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let opened = try Library(library.folder)
        try await Wiring.checkIntegrity(library.folder)
        let failures = try await opened.failures()
        let missing = try await opened.missingFiles()
        let loaded = try model.load(output)
        _ = try await loaded.textEncoder.encode(["猫"])
        let waiting = try await opened.waitingCount(for: loaded)
        if output.json {
            try JSONOutput.print(
                DoctorDocument(
                    failures: failures.map(FailureDocument.init),
                    missingFiles: missing.map(\.location.absolutePath),
                    imagesWithoutVector: waiting,
                    processor: Wiring.processorLevel
                )
            )
            return
        }
        let terminal = Terminal.standardOutput
        terminal.line("The catalog is sound. The model \(loaded.summary.name) computes.")
        terminal.line("Kernels for \(Wiring.processorLevel), model in \(loaded.summary.precision).")
        list(failures.map { ($0.location.absolutePath, $0.reason) }, "could not be indexed:")
        list(
            missing.map { ($0.location.absolutePath, "not found at the last run") },
            "are missing (forget them with `mekiki index --prune FOLDER`):"
        )
        if waiting > 0 {
            terminal.line("\(waiting) images have no vector of this model yet: run `mekiki index`.")
        }
        if failures.isEmpty, missing.isEmpty, waiting == 0 { terminal.line("Nothing to do.") }
    }

    private func list(_ rows: [(file: String, reason: String)], _ heading: String) {
        guard !rows.isEmpty else { return }
        let terminal = Terminal.standardOutput
        terminal.line("\(rows.count == 1 ? "1 file" : "\(rows.count) files") \(heading)")
        for row in rows {
            terminal.line("  " + PrintableText.of(row.file))
            terminal.line("    " + terminal.styled(PrintableText.of(row.reason), .warning))
        }
    }
}

/// The findings, as JSON.
private struct DoctorDocument: Encodable {
    var failures: [FailureDocument]
    var missingFiles: [String]
    var imagesWithoutVector: Int
    var processor: String
}
