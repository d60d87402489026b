import Foundation
import MekikiCore
import MekikiTensor

/// The keys of a BERT's configuration as they stand in `config.json`, or in a section of it.
///
/// What is absent has the default of transformers' classes.
struct BERTConfigurationFile: Decodable {
    private var modelType: String?
    private var width: Int?
    private var heads: Int?
    private var layers: Int?
    private var hiddenWidth: Int?
    private var activation: String?
    private var epsilon: Float?
    private var vocabularySize: Int?
    private var maximumPositions: Int?
    private var tokenTypes: Int?
    private var padding: Int32?
    private var positionKind: String?
    private var isDecoder: Bool?

    private enum CodingKeys: String, CodingKey {
        case modelType = "model_type"
        case width = "hidden_size"
        case heads = "num_attention_heads"
        case layers = "num_hidden_layers"
        case hiddenWidth = "intermediate_size"
        case activation = "hidden_act"
        case epsilon = "layer_norm_eps"
        case vocabularySize = "vocab_size"
        case maximumPositions = "max_position_embeddings"
        case tokenTypes = "type_vocab_size"
        case padding = "pad_token_id"
        case positionKind = "position_embedding_type"
        case isDecoder = "is_decoder"
    }

    /// The kinds, under the names that `model_type` has for them.
    static let modelTypes = ["bert", "roberta", "xlm-roberta", "camembert", "luke"]

    static func read(_ data: Data) throws -> BERTConfigurationFile {
        do {
            return try JSONDecoder().decode(BERTConfigurationFile.self, from: data)
        } catch {
            throw MekikiError(
                .badData,
                "The model's configuration has an unexpected form. Fetch it again.",
                cause: error
            )
        }
    }

    /// The sizes.
    ///
    /// - Parameter positionsFromZero: Whether the model's own code counts positions from 0 whatever
    ///   its kind, as the rinna family's does.
    /// - Returns: The configuration.
    /// - Throws: `MekikiError` with code `badData` or `configuration`, as `BERTConfiguration` says.
    func configuration(positionsFromZero: Bool = false) throws -> BERTConfiguration {
        let type = modelType ?? "bert"
        guard Self.modelTypes.contains(type) else {
            throw MekikiError(
                .configuration,
                "The model type '\(type)' is not supported as a text encoder. Supported: "
                    + Self.modelTypes.joined(separator: ", ") + "."
            )
        }
        if let positionKind, positionKind != "absolute" {
            throw MekikiError(
                .configuration,
                "position_embedding_type '\(positionKind)' is not supported. Supported: absolute."
            )
        }
        if isDecoder == true {
            throw MekikiError(
                .configuration,
                "is_decoder is true; only encoders, which see the whole text, are supported."
            )
        }
        let isBERT = type == "bert"
        let padding = padding ?? (isBERT ? 0 : 1)
        let configuration = BERTConfiguration(
            width: width ?? 768,
            heads: heads ?? 12,
            layers: layers ?? 12,
            hiddenWidth: hiddenWidth ?? 3072,
            activation: try ConfigurationValue.activation(activation ?? "gelu", "hidden_act"),
            epsilon: try ConfigurationValue.epsilon(epsilon ?? 1e-12, "layer_norm_eps"),
            vocabularySize: vocabularySize ?? Self.vocabularySize(type),
            maximumPositions: maximumPositions ?? 512,
            tokenTypes: tokenTypes ?? 2,
            positionOffset: isBERT || positionsFromZero ? 0 : Int(padding) + 1,
            padding: padding
        )
        try Self.check(configuration)
        return configuration
    }

    private static func vocabularySize(_ type: String) -> Int {
        switch type {
        case "roberta": 50265
        case "luke": 50267
        default: 30522
        }
    }

    private static func check(_ configuration: BERTConfiguration) throws {
        try ConfigurationValue.check(configuration.width, "hidden_size")
        try ConfigurationValue.check(layers: configuration.layers)
        try ConfigurationValue.check(configuration.heads, "num_attention_heads")
        try ConfigurationValue.check(configuration.hiddenWidth, "intermediate_size")
        try ConfigurationValue.check(configuration.vocabularySize, "vocab_size")
        try ConfigurationValue.check(configuration.maximumPositions, "max_position_embeddings")
        try ConfigurationValue.check(configuration.width, dividedBy: configuration.heads)
        guard (0...1000).contains(configuration.tokenTypes) else {
            throw MekikiError(
                .badData,
                "type_vocab_size is \(configuration.tokenTypes), which no model has. Fetch it again."
            )
        }
        guard configuration.positionOffset >= 0, configuration.longestText >= 2 else {
            throw MekikiError(
                .badData,
                "max_position_embeddings (\(configuration.maximumPositions)) leaves no room for a "
                    + "text after pad_token_id (\(configuration.padding)). Fetch it again."
            )
        }
    }
}
