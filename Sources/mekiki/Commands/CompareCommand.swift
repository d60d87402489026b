import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki compare [WORDS] [--image FILE] [--like ID]`: the answers of two models side by side.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Ask two models the same, and show their answers side by side.",
        discussion: """
            The library needs vectors of both: `mekiki models use` makes those of another model, and \
            keeps the former ones. Without --model, the one that answers is compared with the one that \
            is being filled, else with the fullest other one.
            """
    )

    @Argument(help: "What the image shows, in Japanese or English.")
    var words: [String] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An image file that the wanted ones resemble.", valueName: "file"),
        completion: .file(extensions: ImageFormat.fileExtensions.sorted())
    )
    var image: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The number of an image in the library that the wanted ones resemble.",
            valueName: "id"
        )
    )
    var like: [ImageID] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "A model to compare, as `mekiki models list` names it; may be given twice.",
            valueName: "name"
        )
    )
    var model: [String] = []

    @Option(name: [.long, .customShort("n")], help: "How many results to print of each.")
    var limit = 10

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if words.isEmpty, image.isEmpty, like.isEmpty {
            throw ValidationError("Give words, --image FILE or --like ID.")
        }
        if model.count > 2 { throw ValidationError("Two models are compared, not more.") }
        if limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    }

    func run() async throws {
        let opened = try Library(library.folder)
        let shelf = ModelShelf()
        var named: [ChosenSpace] = []
        for name in model {
            named.append(try await opened.space(called: name, from: shelf).chosen)
        }
        let spaces = try await opened.comparedSpaces(named)
        let first = try await shelf.model(of: spaces[0])
        let second = try await shelf.model(of: spaces[1])
        let (words, image, like, limit) = (words, image, like, limit)
        let comparison = try await opened.compare(first, second) { model in
            var terms: [Query.Term] = []
            if !words.isEmpty { terms.append(.init(.words(words.joined(separator: " ")))) }
            for file in image {
                terms.append(.init(.picture(try Wiring.picture(at: file, for: model))))
            }
            terms += like.map { .init(.like($0)) }
            return Query(terms: terms, limit: limit)
        }
        if output.json {
            try JSONOutput.print(ComparisonDocument(comparison, limit: limit))
        } else {
            ComparisonTable(comparison, terminal: .standardOutput).print(quiet: output.quiet)
        }
    }
}
