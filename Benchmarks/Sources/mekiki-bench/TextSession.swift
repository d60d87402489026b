import ArgumentParser
import Foundation
import MekikiCore
import MekikiModels

/// The text encoder on queries: of a model of pictures and texts, or a text model's.
///
/// `ids BATCH SECONDS` encodes all queries as token ids, BATCH at a time, whole rounds of them for at
/// least so long; `strings BATCH SECONDS` the same with the tokenizer; `vectors BATCH FILE` writes
/// the vectors.
struct TextSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "text")

    @OptionGroup var arguments: ModelArguments

    @Option(help: "Queries: a JSON array of objects with text and ids.")
    var input: String

    @Option(help: "Tokens that every text is padded to, for models that read their padding.")
    var length = 0

    @Option(help: "The id that texts are padded with.")
    var filler: Int32 = 0

    struct Query: Decodable {
        var text: String
        var ids: [Int32]
    }

    func run() async throws {
        let encoder = try encoder()
        let queries = try JSONDecoder()
            .decode([Query].self, from: Data(contentsOf: URL(filePath: input)))
        let texts = queries.map { query in
            let missing = max(0, length - query.ids.count)
            return query.ids + [Int32](repeating: filler, count: missing)
        }
        _ = try await encoder.encode(tokens: [texts[0]])
        await Session.serve { words in
            guard words.count == 3, let batch = Int(words[1]), batch > 0 else {
                throw ValidationError("ids, strings or vectors; then BATCH; then SECONDS or FILE")
            }
            let ids = batches(texts, of: batch)
            switch words[0] {
            case "vectors":
                var vectors: [Embedding] = []
                for batch in ids { vectors += try await encoder.encode(tokens: batch) }
                try VectorFile.write(vectors, to: words[2])
                return Answer()
            case "strings":
                let texts = batches(queries.map(\.text), of: batch)
                // Loads the tokenizer.
                _ = try await encoder.encode(texts[0])
                return try await measure(texts, words[2]) { try await encoder.encode($0) }
            default:
                return try await measure(ids, words[2]) { try await encoder.encode(tokens: $0) }
            }
        }
    }

    private func encoder() throws -> any TokenEncoder {
        guard TextModelFolder.holdsTextModel(arguments.folder) else {
            return try arguments.open().textEncoder
        }
        return try TransformerTextEncoder(
            folder: TextModelFolder(arguments.folder),
            name: "benchmark",
            precision: arguments.chosenPrecision(),
            workers: arguments.workers()
        )
    }

    private func measure<Item>(
        _ batches: [[Item]],
        _ seconds: String,
        _ encode: ([Item]) async throws -> [Embedding]
    ) async throws -> Answer {
        let seconds = Double(seconds) ?? 0
        let watch = Stopwatch()
        var items = 0
        repeat {
            for batch in batches { items += try await encode(batch).count }
        } while watch.wall < seconds
        return watch.answer(items: items)
    }

    private func batches<Item>(_ items: [Item], of size: Int) -> [[Item]] {
        stride(from: 0, to: items.count, by: size)
            .map { Array(items[$0..<min($0 + size, items.count)]) }
    }
}

/// A text encoder that takes texts as ids, too.
private protocol TokenEncoder: TextEncoder {
    func encode(tokens: [[Int32]]) async throws -> [Embedding]
}

extension TowerTextEncoder: TokenEncoder {}
extension TransformerTextEncoder: TokenEncoder {}
