import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki stats`: counts.
struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Count what the library holds."
    )

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let opened = try Library(library.folder)
        let statistics = try await opened.statistics()
        let document = StatsDocument(statistics, opened)
        if output.json {
            try JSONOutput.print(document)
        } else {
            document.print(to: .standardOutput)
        }
    }
}

/// The counts, as JSON and as lines.
private struct StatsDocument: Encodable {
    var library: String
    var bytes: Int
    var images: Int
    var files: Int
    var missingFiles: Int
    var failures: Int
    var folders: [String]
    var spaces: [Space]

    struct Space: Encodable {
        var model: String
        var revision: String
        var dimension: Int
        var vectors: Int
    }

    init(_ statistics: CatalogStatistics, _ opened: Library) {
        library = opened.folder.url.path
        bytes = opened.byteCount
        images = statistics.imageCount
        files = statistics.fileCount
        missingFiles = statistics.missingFileCount
        failures = statistics.failureCount
        folders = statistics.roots
        spaces = statistics.spaces.map {
            Space(
                model: $0.space.model,
                revision: $0.space.revision,
                dimension: $0.space.dimension,
                vectors: $0.vectorCount
            )
        }
    }

    func print(to terminal: Terminal) {
        func row(_ label: String, _ value: String) {
            let padded = DisplayWidth.pad(label, to: 14)
            terminal.line(terminal.styled(padded, .faint) + PrintableText.of(value))
        }
        row("library", "\(library) (\(Int64(bytes).formatted(.byteCount(style: .file))))")
        row("images", String(images))
        row("files", String(files))
        if missingFiles > 0 { row("missing files", String(missingFiles)) }
        if failures > 0 { row("failures", "\(failures) (see `mekiki doctor`)") }
        for folder in folders { row("folder", folder) }
        for space in spaces {
            row("vectors", "\(space.vectors) of \(space.model), \(space.dimension) dimensions")
        }
    }
}
