import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki doctor`: what is wrong, and why.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the model and the library; list what is wrong, why, and what to do.",
        discussion: """
            With --repair, what can be mended is mended: of a damaged catalog, everything that can be \
            read goes into a new one, and the damaged file is kept beside it; thumbnails that belong to \
            no image are removed, and missing ones are made. Image files are never touched.
            """
    )

    @Flag(name: .long, help: "Mend what can be mended.")
    var repair = false

    @OptionGroup var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        guard library.folder.exists else {
            if repair { try library.folder.requireLibrary() }
            return try report(DoctorFindings(model: try await test(model.load(output)).summary))
        }
        // The catalog first: which model is the library's own stands in it.
        let repaired = try await checkCatalog()
        let opened = try Library(library.folder)
        let loaded = try await test(try await model.load(for: opened, output))
        var findings = DoctorFindings(model: loaded.summary)
        findings.library = try await examine(opened, loaded)
        findings.library?.repair = repaired.map(RepairDocument.init)
        try report(findings)
    }

    /// Encoding something loads a tower, and each tests itself when it is loaded.
    private func test(_ loaded: LoadedModel) async throws -> LoadedModel {
        _ = try await loaded.textEncoder.encode(["猫"])
        return loaded
    }

    private func report(_ findings: DoctorFindings) throws {
        if output.json {
            try JSONOutput.print(findings)
        } else {
            findings.print(to: .standardOutput, library: library.folder)
        }
    }

    /// Checks the catalog, and repairs a damaged one if that is wanted.
    private func checkCatalog() async throws -> RepairReport? {
        do {
            try await Wiring.checkIntegrity(library.folder)
            return nil
        } catch let error as MekikiError where error.code == .badData && repair {
            if !output.quiet {
                Terminal.standardError.line("mekiki: " + PrintableText.of(error.description))
            }
            let report = try await Wiring.repairCatalog(library.folder)
            try await Wiring.checkIntegrity(library.folder)
            return report
        }
    }

    private func examine(
        _ opened: Library,
        _ loaded: LoadedModel
    ) async throws -> DoctorFindings.LibraryFindings {
        var survey = try await Wiring.surveyThumbnails(library.folder)
        var madeThumbnails: Int?
        var removedThumbnails: Int?
        if repair, !survey.missing.isEmpty || !survey.surplus.isEmpty {
            _ = try await opened.repairThumbnails(survey)
            let after = try await Wiring.surveyThumbnails(library.folder)
            madeThumbnails = survey.missing.count - after.missing.count
            removedThumbnails = survey.surplus.count - after.surplus.count
            survey = after
        }
        let spaces = try await opened.spaces().filter {
            $0.space != loaded.space && !$0.isCurrent && !$0.isPending && $0.vectorCount > 0
        }
        return DoctorFindings.LibraryFindings(
            failures: try await opened.failures().map(FailureDocument.init),
            missingFiles: try await opened.missingFiles().map(\.location.absolutePath),
            imagesWithoutVector: try await opened.waitingCount(for: loaded),
            imagesWithoutThumbnail: survey.missing.count,
            surplusThumbnails: survey.surplus.count,
            surplusThumbnailBytes: survey.surplusByteCount,
            thumbnailsMade: madeThumbnails,
            thumbnailsRemoved: removedThumbnails,
            otherVectors: spaces.map(VectorsDocument.init),
            indexer: Wiring.indexerState(library.folder).map(IndexerDocument.init)
        )
    }
}
