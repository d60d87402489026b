import Foundation
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
        var imagesWithoutThumbnail: Int
        var surplusThumbnails: Int
        var surplusThumbnailBytes: Int
        /// `nil` when nothing was mended.
        var thumbnailsMade: Int?
        var thumbnailsRemoved: Int?
        /// Vectors of other models than the one in use.
        var otherVectors: [VectorsDocument]
        var indexer: IndexerDocument?
        var repair: RepairDocument?

        var isInOrder: Bool {
            failures.isEmpty && missingFiles.isEmpty && imagesWithoutVector == 0
                && imagesWithoutThumbnail == 0 && surplusThumbnails == 0
        }
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
        for sentence in library.repair?.sentences ?? [] {
            terminal.line(PrintableText.of(sentence))
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
        for sentence in library.sentences { terminal.line(PrintableText.of(sentence)) }
        if library.isInOrder { terminal.line("Nothing to do.") }
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

extension DoctorFindings.LibraryFindings {
    /// Everything but the lists of files.
    fileprivate var sentences: [String] {
        var sentences: [String] = []
        if imagesWithoutVector > 0 {
            sentences.append(
                Count.of(imagesWithoutVector, "image") + " without a vector of this model: "
                    + "run `mekiki index` on their folders."
            )
        }
        if let made = thumbnailsMade, made > 0 {
            sentences.append(Count.of(made, "thumbnail") + " made.")
        }
        if let removed = thumbnailsRemoved, removed > 0 {
            sentences.append(Count.of(removed, "file") + " removed that belonged to no image.")
        }
        if imagesWithoutThumbnail > 0 {
            sentences.append(
                Count.of(imagesWithoutThumbnail, "image") + " without a thumbnail"
                    + (thumbnailsMade == nil
                        ? ": it is made when first shown, or now with `mekiki doctor --repair`."
                        : ", of a file that is gone, has changed or can't be read.")
            )
        }
        if surplusThumbnails > 0 {
            sentences.append(
                Count.of(surplusThumbnails, "file") + " among the thumbnails belong to no image ("
                    + Count.bytes(surplusThumbnailBytes)
                    + "): `mekiki doctor --repair` removes what does."
            )
        }
        for vectors in otherVectors {
            sentences.append(
                Count.of(vectors.vectors, "vector")
                    + " of the model \(vectors.model), which is not "
                    + "the one in use (\(Count.bytes(vectors.bytes))). If it won't be used again: "
                    + "mekiki models forget \(vectors.model)@\(vectors.revision.prefix(12))"
            )
        }
        if let sentence = indexer?.sentence { sentences.append(sentence) }
        return sentences
    }
}
