import ArgumentParser
import Foundation
import MekikiKit

/// What of the images is compared with the words, and how.
struct WordOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "What is compared: all, image, caption, prompt, or ocr (the text in pictures).",
            valueName: "target"
        )
    )
    var target = SearchTarget.all

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How: hybrid, vector (by meaning), or text (to the letter).",
            valueName: "method"
        )
    )
    var method = SearchMethod.hybrid

    @Flag(name: .long, help: "Let a reranker read the words of the best hits and order them anew.")
    var rerank = false

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The reranker: a preset, a name of the model hub, or a folder.",
            valueName: "name"
        ),
        completion: .directory
    )
    var reranker = "japanese-reranker-xsmall-v2"

    @Flag(name: .long, help: "Take the words as they are: no filters, exclusions or dates.")
    var plain = false

    /// What the words say.
    func parsed(_ words: [String]) -> ParsedQuery? {
        let text = words.joined(separator: " ")
        guard !plain, text.contains(where: { !$0.isWhitespace }) else { return nil }
        return QueryParser(now: Date(), timeZone: .current).parse(text)
    }

    /// The reranker, where one is asked for.
    func loadedReranker() throws -> (any Reranker)? {
        guard rerank else { return nil }
        return try Wiring.reranker(ModelChoice(named: reranker)).reranker
    }
}

extension SearchTarget: ExpressibleByArgument {}
extension SearchMethod: ExpressibleByArgument {}
