import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki models list`: one line a model.
struct ModelsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the models at hand, those that can be fetched, and what they cost.",
        discussion: """
            The model that answers, or would in a new library, has a star; one that is being filled to \
            take its place has an arrow. Sizes are of the disk for models that are here, and about \
            what is fetched for others. `mekiki models info NAME` says more of one.
            """
    )

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let inventory = ModelInventory(current: try ModelChoice())
        var rows = inventory.entries.map(ModelDocument.init)
        if library.folder.exists {
            let spaces = try await Library(library.folder).spaces()
            // The library's own model answers, whatever the program's default is.
            if spaces.contains(where: \.isCurrent) {
                for index in rows.indices { rows[index].isCurrent = false }
            }
            // Those that only the library knows come first, in its own order.
            for status in spaces.reversed() {
                if let known = rows.firstIndex(where: { $0.isOf(status.space) }) {
                    rows[known].take(status)
                } else {
                    rows.insert(ModelDocument(status), at: 0)
                }
            }
        }
        if output.json {
            for row in rows { try JSONOutput.print(row) }
            return
        }
        for line in ModelTable.lines(rows) { Terminal.standardOutput.line(line) }
        guard !output.quiet else { return }
        if !inventory.foreign.isEmpty {
            let names = inventory.foreign.map(\.description).joined(separator: ", ")
            Terminal.standardError.line(
                PrintableText.of("In the cache, and of no use here: \(names)")
            )
        }
    }
}
