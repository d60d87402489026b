import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki rerank --model FOLDER QUERY [TEXT…]`: how well texts answer a query.
struct RerankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerank",
        abstract: "Order texts by how well they answer a query, the best first.",
        discussion: """
            Texts are arguments or, without any, the lines of standard input. Scores are what the \
            model's files make of them: from 0 to 1, or log-odds of any size. With --json, one \
            document a line; `index` counts the texts from 0 in the order given.
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A reranker's folder: config.json, model.safetensors, tokenizer files.",
            valueName: "folder"
        ),
        completion: .directory
    )
    var model: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The longest query and text together, in tokens; the model's own length if left out.",
            valueName: "count"
        )
    )
    var maxTokens: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Print no more than so many.", valueName: "count")
    )
    var limit: Int?

    @Argument(help: "What was asked for.")
    var query: String

    @Argument(help: "Texts, each its own argument.")
    var texts: [String] = []

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let maxTokens, maxTokens < 8 {
            throw ValidationError("--max-tokens has to be 8 or more.")
        }
        if let limit, limit < 1 { throw ValidationError("--limit has to be 1 or more.") }
        if texts.isEmpty, isatty(STDIN_FILENO) == 1 {
            throw ValidationError("Give texts as arguments, or as lines of standard input.")
        }
    }

    func run() async throws {
        let loaded = try Wiring.reranker(ModelChoice(named: model), maximumLength: maxTokens)
        let texts = texts.isEmpty ? Self.lines() : texts
        let scores = try await loaded.reranker.scores(of: texts, for: query)
        let ranked = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        for (place, index) in ranked.prefix(limit ?? .max).enumerated() {
            if output.json {
                try JSONOutput.print(
                    RelevanceDocument(
                        rank: place + 1,
                        index: index,
                        text: texts[index],
                        score: scores[index],
                        scale: loaded.reranker.scale
                    )
                )
            } else {
                let score = String(format: "%8.4f", Double(scores[index]))
                Terminal.standardOutput.line("\(score)  \(PrintableText.of(texts[index]))")
            }
        }
    }

    /// The lines of standard input that hold anything.
    private static func lines() -> [String] {
        var lines: [String] = []
        while let line = readLine() {
            if !line.isEmpty { lines.append(line) }
        }
        return lines
    }
}

/// A text with its score, as JSON.
private struct RelevanceDocument: Encodable {
    var rank: Int
    var index: Int
    var text: String
    var score: Float
    var scale: RelevanceScale
}
