import Foundation
import MekikiCore

/// What a cross-encoder's files say about its head.
struct CrossEncoderFile {
    /// What the scores are.
    let scale: RelevanceScale
    /// How ModernBERT's tokens become one row.
    let pooling: TextPooling
    /// Whether ModernBERT's hidden layer of the head has a bias.
    let hasBias: Bool
    /// That layer's activation.
    let activation: String

    init(_ folder: TextModelFolder) throws {
        let file: File = try FolderJSON.read("config.json", in: folder.transformer) ?? File()
        // The order in which the library looks; without a word it is the sigmoid.
        let name =
            try folder.sentenceTransformersFile()?.activation
            ?? file.sentenceTransformers?.activation ?? file.oldActivation ?? "Sigmoid"
        switch name.split(separator: ".").last ?? "" {
        case "Sigmoid": scale = .probability
        case "Identity": scale = .logit
        case let other:
            throw MekikiError(
                .configuration,
                "The activation '\(other)' of the scores is not supported. Supported: Sigmoid, "
                    + "Identity.",
                subject: folder.url.path
            )
        }
        switch file.pooling ?? "cls" {
        case "cls": pooling = .first
        case "mean": pooling = .mean
        case let other:
            throw MekikiError(
                .configuration,
                "classifier_pooling '\(other)' is not supported. Supported: cls, mean.",
                subject: folder.url.path
            )
        }
        hasBias = file.hasBias ?? false
        activation = file.activation ?? "gelu"
    }

    private struct File: Decodable {
        var sentenceTransformers: Section?
        var oldActivation: String?
        var pooling: String?
        var hasBias: Bool?
        var activation: String?

        enum CodingKeys: String, CodingKey {
            case sentenceTransformers = "sentence_transformers"
            case oldActivation = "sbert_ce_default_activation_function"
            case pooling = "classifier_pooling"
            case hasBias = "classifier_bias"
            case activation = "classifier_activation"
        }

        struct Section: Decodable {
            var activation: String?

            enum CodingKeys: String, CodingKey {
                case activation = "activation_fn"
            }
        }
    }
}
