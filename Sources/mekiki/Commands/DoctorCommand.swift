import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki doctor`: what is wrong, and why.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the model and the library; list files that could not be indexed, and why."
    )

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let loaded = try model.load(output)
        // Encoding something loads a tower, and each tests itself when it is loaded.
        _ = try await loaded.textEncoder.encode(["猫"])
        var findings = DoctorFindings(model: loaded.summary)
        if library.folder.exists {
            try await Wiring.checkIntegrity(library.folder)
            let opened = try Library(library.folder)
            findings.library = DoctorFindings.LibraryFindings(
                failures: try await opened.failures().map(FailureDocument.init),
                missingFiles: try await opened.missingFiles().map(\.location.absolutePath),
                imagesWithoutVector: try await opened.waitingCount(for: loaded)
            )
        }
        if output.json {
            try JSONOutput.print(findings)
        } else {
            findings.print(to: .standardOutput, library: library.folder)
        }
    }
}
