import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki duplicates [FILTER]`: files that show the same, and which to keep.
struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Find files that show the same, and propose which to keep.",
        discussion: """
            Copies byte by byte, and the same picture in other sizes, formats and qualities. Of each group \
            one file is proposed to be kept: one that you wrote something of, else the one with the most \
            pixels, then in a lossless format, the most bytes, the oldest. Nothing is touched without \
            --apply, which moves the others into the folder of --to.
            """
    )

    @Argument(help: "Which images, as filters of a search: folder:2024 type:jpeg.")
    var filter: [String] = []

    @Flag(help: "Only copies byte by byte.")
    var exact = false

    @Flag(help: "Move the files that could go.")
    var apply = false

    @Option(
        help: ArgumentHelp("Where --apply moves them.", valueName: "folder"),
        completion: .directory
    )
    var to: String?

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if apply != (to != nil) { throw ValidationError("--apply and --to FOLDER go together.") }
    }

    func run() async throws {
        let opened = try Library(library.folder)
        let groups = try await opened.duplicates(
            among: try parsedFilter(),
            findingNear: !exact
        )
        var outcomes: [DuplicateMoving.Outcome] = []
        if let to {
            outcomes = try await opened.moveDuplicates(of: groups, to: URL(filePath: to))
        }
        if output.json {
            try JSONOutput.print(DuplicatesDocument(groups, outcomes))
        } else {
            DuplicateTable(terminal: .standardOutput).print(groups, outcomes, quiet: output.quiet)
        }
        for outcome in outcomes {
            guard let problem = outcome.problem else { continue }
            Terminal.standardError.line(
                "mekiki: " + PrintableText.of("\(outcome.file.absolutePath): \(problem)")
            )
        }
    }

    private func parsedFilter() throws -> Filter? {
        let text = filter.joined(separator: " ")
        guard text.contains(where: { !$0.isWhitespace }) else { return nil }
        let parsed = QueryParser(now: Date(), timeZone: .current).parse(text)
        guard parsed.words.isEmpty, parsed.exclusions.isEmpty, let filter = parsed.filter else {
            throw ValidationError(
                "\"\(text)\" is no filter: give keys and values, such as folder:2024 or type:jpeg."
            )
        }
        return filter
    }
}
