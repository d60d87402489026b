import ArgumentParser
import Foundation
import MekikiModels
import MekikiTokenizers

/// A reranker on pairs of a query and a document.
///
/// `ids BATCH SECONDS` scores all pairs as token ids, BATCH at a time, whole rounds of them for at
/// least so long; `vectors BATCH FILE` writes the scores.
struct PairsSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "pairs")

    @OptionGroup var arguments: ModelArguments

    @Option(help: "Pairs: a JSON array of objects with ids.")
    var input: String

    struct Pair: Decodable {
        var ids: [Int32]
    }

    func run() async throws {
        let reranker = try CrossEncoder(
            folder: TextModelFolder(arguments.folder),
            precision: arguments.chosenPrecision(),
            workers: arguments.workers()
        )
        let pairs = try JSONDecoder()
            .decode([Pair].self, from: Data(contentsOf: URL(filePath: input)))
            .map { TokenizedPair(ids: $0.ids, types: [Int32](repeating: 0, count: $0.ids.count)) }
        _ = try await reranker.scores(of: [pairs[0]])
        await Session.serve { words in
            guard words.count == 3, let size = Int(words[1]), size > 0 else {
                throw ValidationError("ids or vectors; then BATCH; then SECONDS or FILE")
            }
            let batches = stride(from: 0, to: pairs.count, by: size)
                .map { Array(pairs[$0..<min($0 + size, pairs.count)]) }
            if words[0] == "vectors" {
                var scores: [Float] = []
                for batch in batches { scores += try await reranker.scores(of: batch) }
                let data = scores.withUnsafeBytes { Data($0) }
                try data.write(to: URL(filePath: words[2]))
                return Answer()
            }
            let seconds = Double(words[2]) ?? 0
            let watch = Stopwatch()
            var items = 0
            repeat {
                for batch in batches { items += try await reranker.scores(of: batch).count }
            } while watch.wall < seconds
            return watch.answer(items: items)
        }
    }
}
