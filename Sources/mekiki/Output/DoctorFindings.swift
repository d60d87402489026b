import MekikiKit

/// What the doctor found, as JSON and as sentences.
struct DoctorFindings: Encodable {
    var model: ModelSummary
    var processor = Wiring.processorLevel
    /// `nil` when there is no library.
    var library: LibraryFindings?

    struct LibraryFindings: Encodable {
        var catalogIsSound = true
        var failures: [FailureDocument]
        var missingFiles: [String]
        var imagesWithoutVector: Int
    }

    init(model: ModelSummary) {
        self.model = model
    }

    /// Prints the findings.
    func print(to terminal: Terminal, library folder: LibraryFolder) {
        terminal.line("The model \(PrintableText.of(model.name)) computes in \(model.precision).")
        terminal.line("Kernels for \(processor).")
        guard let library else {
            let path = PrintableText.of(folder.url.path)
            terminal.line("There is no library at \(path) yet: run `mekiki index FOLDER`.")
            return
        }
        terminal.line("The catalog is sound.")
        list(
            library.failures.map { ($0.file, $0.reason) },
            "could not be indexed:",
            terminal
        )
        list(
            library.missingFiles.map { ($0, "not found at the last run") },
            "are missing (forget them with `mekiki index --prune FOLDER` or `mekiki remove PATH`):",
            terminal
        )
        if library.imagesWithoutVector > 0 {
            terminal.line(
                "\(library.imagesWithoutVector) images have no vector of this model yet: "
                    + "run `mekiki index` on their folder."
            )
        }
        if library.failures.isEmpty, library.missingFiles.isEmpty, library.imagesWithoutVector == 0
        {
            terminal.line("Nothing to do.")
        }
    }

    private func list(
        _ rows: [(file: String, reason: String)],
        _ heading: String,
        _ terminal: Terminal
    ) {
        guard !rows.isEmpty else { return }
        terminal.line("\(rows.count == 1 ? "1 file" : "\(rows.count) files") \(heading)")
        for row in rows {
            terminal.line("  " + PrintableText.of(row.file))
            terminal.line("    " + terminal.styled(PrintableText.of(row.reason), .warning))
        }
    }
}
