import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki tokenize --model FOLDER [--pairs] TEXT…`: token ids.
struct TokenizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Print the token ids that a model sees for texts, in the order given.",
        discussion: """
            Start and end tokens are included; longer texts are cut as for the model. \
            With --json, one document a line. For a reranker give --pairs: each query is followed by \
            its text.
            """
    )

    @Argument(help: "Texts, each its own argument.")
    var texts: [String]

    @Flag(name: .long, help: "Take texts two by two, as a reranker reads them.")
    var pairs = false

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What texts are: query or document.", valueName: "use")
    )
    var use: TextUse = .query

    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if pairs, !texts.count.isMultiple(of: 2) {
            throw ValidationError("--pairs needs an even number of texts.")
        }
    }

    func run() async throws {
        if pairs { return try showPairs() }
        let tokenize: (String) throws -> [Int32]
        if let choice = try model.textModelChoice() {
            let loaded = try Wiring.textModel(choice)
            tokenize = { try loaded.tokenize($0, use) }
        } else {
            tokenize = try model.load(output).tokenize
        }
        for text in texts {
            try show(TokensDocument(input: text, ids: tokenize(text)))
        }
    }

    private func showPairs() throws {
        let loaded = try Wiring.reranker(ModelChoice(named: model.model))
        for index in stride(from: 0, to: texts.count, by: 2) {
            let (ids, types) = try loaded.tokenize(texts[index], texts[index + 1])
            try show(
                TokensDocument(
                    input: texts[index],
                    text: texts[index + 1],
                    ids: ids,
                    types: types
                )
            )
        }
    }

    private func show(_ document: TokensDocument) throws {
        if output.json {
            try JSONOutput.print(document)
        } else {
            Terminal.standardOutput.line(document.ids.map(String.init).joined(separator: " "))
        }
    }
}

/// A text with its token ids, as JSON.
private struct TokensDocument: Encodable {
    var input: String
    var text: String?
    var ids: [Int32]
    var types: [Int32]?
}
