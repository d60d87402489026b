import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki tokenize --model FOLDER TEXT…`: token ids.
struct TokenizeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Print the token ids that a model sees for texts, in the order given.",
        discussion: """
            Start and end tokens are included; longer texts are cut as for the model. \
            With --json, one document a line.
            """
    )

    @Argument(help: "Texts, each its own argument.")
    var texts: [String]

    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let loaded = try model.load(output)
        for text in texts {
            let ids = try loaded.tokenize(text)
            if output.json {
                try JSONOutput.print(TokensDocument(input: text, ids: ids))
            } else {
                Terminal.standardOutput.line(ids.map(String.init).joined(separator: " "))
            }
        }
    }
}

/// A text with its token ids, as JSON.
private struct TokensDocument: Encodable {
    var input: String
    var ids: [Int32]
}
