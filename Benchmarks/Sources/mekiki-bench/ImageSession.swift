import ArgumentParser
import MekikiCore
import MekikiModels

/// The image encoder on preprocessed pictures.
///
/// `run BATCH SECONDS` encodes the first BATCH pictures again and again for at least so long, and at
/// least once; `vectors BATCH FILE` writes their vectors.
struct ImageSession: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "image")

    @OptionGroup var arguments: ModelArguments

    @Option(help: "Preprocessed pictures: float32, shape [n, 3, side, side].")
    var input: String

    func run() async throws {
        let model = try arguments.open()
        let side = model.imageSize
        let pictures = try VectorFile.read(input, columns: 3 * side * side)
        _ = try await model.imageEncoder.encode(preprocessed: [pictures[0]])
        await Session.serve { words in
            guard words.count == 3, let batch = Int(words[1]), batch <= pictures.count else {
                throw ValidationError("run BATCH SECONDS, or vectors BATCH FILE")
            }
            let chosen = Array(pictures.prefix(batch))
            if words[0] == "vectors" {
                try VectorFile.write(
                    try await model.imageEncoder.encode(preprocessed: chosen),
                    to: words[2]
                )
                return Answer()
            }
            let seconds = Double(words[2]) ?? 0
            let watch = Stopwatch()
            var items = 0
            repeat {
                items += try await model.imageEncoder.encode(preprocessed: chosen).count
            } while watch.wall < seconds
            return watch.answer(items: items)
        }
    }
}
