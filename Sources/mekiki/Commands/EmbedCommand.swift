import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki embed (--text T | --image FILE)… [--as query|document] --model FOLDER`: vectors.
struct EmbedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Print the vectors of texts and images, in the order given.",
        discussion: """
            Each vector has unit length. With --json, one document a line. The model may be one of \
            images and texts, or one of texts alone; some of the latter read queries and documents \
            differently, which --as says.
            """
    )

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A text.", valueName: "text")
    )
    var text: [OrderedArgument] = []

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("An image file.", valueName: "file"),
        completion: .file(extensions: ImageFormat.fileExtensions.sorted())
    )
    var image: [OrderedArgument] = []

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("What texts are: query or document.", valueName: "use")
    )
    var use: TextUse = .query

    @OptionGroup var model: ModelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if text.isEmpty, image.isEmpty {
            throw ValidationError("Give at least one --text TEXT or --image FILE.")
        }
    }

    /// One thing to encode.
    private enum Input {
        case text(OrderedArgument)
        case image(OrderedArgument)

        var argument: OrderedArgument {
            switch self {
            case .text(let argument), .image(let argument): argument
            }
        }
    }

    func run() async throws {
        if let choice = try model.textModelChoice() { return try await embedTexts(choice) }
        let loaded = try model.load(output)
        let inputs = (text.map(Input.text) + image.map(Input.image))
            .sorted { $0.argument.position < $1.argument.position }
        for start in stride(from: 0, to: inputs.count, by: 32) {
            let batch = inputs[start..<min(start + 32, inputs.count)]
            var texts: [String] = []
            var pictures: [PixelBuffer] = []
            for input in batch {
                switch input {
                case .text(let argument): texts.append(argument.value)
                case .image(let argument):
                    pictures.append(try Wiring.picture(at: argument.value, for: loaded))
                }
            }
            var textVectors = try await loaded.textEncoder.encode(texts, as: use)
                .makeIterator()
            var imageVectors = try await loaded.imageEncoder.encode(pictures).makeIterator()
            for input in batch {
                let vector =
                    switch input {
                    case .text: textVectors.next()
                    case .image: imageVectors.next()
                    }
                try show(input.argument.value, vector?.values ?? [])
            }
        }
    }

    /// Encodes texts with a model that knows nothing else.
    private func embedTexts(_ choice: ModelChoice) async throws {
        guard image.isEmpty else {
            throw MekikiError(
                .usage,
                "This model knows texts only. Leave --image out, or give a model of images and "
                    + "texts.",
                subject: choice.folder.path
            )
        }
        let loaded = try Wiring.textModel(choice)
        for start in stride(from: 0, to: text.count, by: 32) {
            let batch = text[start..<min(start + 32, text.count)].map(\.value)
            let vectors = try await loaded.encoder.encode(batch, as: use)
            for (text, vector) in zip(batch, vectors) { try show(text, vector.values) }
        }
    }

    private func show(_ input: String, _ vector: [Float]) throws {
        if output.json {
            try JSONOutput.print(VectorDocument(input: input, vector: vector))
        } else {
            Terminal.standardOutput.line(vector.map { "\($0)" }.joined(separator: " "))
        }
    }
}

/// An input with its vector, as JSON.
private struct VectorDocument: Encodable {
    var input: String
    var vector: [Float]
}

extension TextUse: ExpressibleByArgument {}
