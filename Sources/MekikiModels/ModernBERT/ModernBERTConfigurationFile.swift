import Foundation
import MekikiCore
import MekikiTensor

/// The keys of a ModernBERT's config.json, as versions 4 and 5 of transformers write them.
///
/// What is absent has the default of transformers' class.
struct ModernBERTConfigurationFile: Decodable {
    private var width: Int?
    private var heads: Int?
    private var layers: Int?
    private var hiddenWidth: Int?
    private var activation: String?
    private var epsilon: Float?
    private var vocabularySize: Int?
    private var longestText: Int?
    private var localAttention: Int?
    private var normBias: Bool?
    private var attentionBias: Bool?
    private var hiddenBias: Bool?
    // Version 4.
    private var globalInterval: Int?
    private var globalTheta: Double?
    private var localTheta: Double?
    // Version 5.
    private var layerTypes: [String]?
    private var rotary: [String: Rotary]?

    private enum CodingKeys: String, CodingKey {
        case width = "hidden_size"
        case heads = "num_attention_heads"
        case layers = "num_hidden_layers"
        case hiddenWidth = "intermediate_size"
        case activation = "hidden_activation"
        case epsilon = "norm_eps"
        case vocabularySize = "vocab_size"
        case longestText = "max_position_embeddings"
        case localAttention = "local_attention"
        case normBias = "norm_bias"
        case attentionBias = "attention_bias"
        case hiddenBias = "mlp_bias"
        case globalInterval = "global_attn_every_n_layers"
        case globalTheta = "global_rope_theta"
        case localTheta = "local_rope_theta"
        case layerTypes = "layer_types"
        case rotary = "rope_parameters"
    }

    private struct Rotary: Decodable {
        var theta: Double?
        var kind: String?

        enum CodingKeys: String, CodingKey {
            case theta = "rope_theta"
            case kind = "rope_type"
        }
    }

    static func read(_ data: Data) throws -> ModernBERTConfigurationFile {
        do {
            return try JSONDecoder().decode(ModernBERTConfigurationFile.self, from: data)
        } catch {
            throw MekikiError(
                .badData,
                "The model's configuration has an unexpected form. Fetch it again.",
                cause: error
            )
        }
    }

    func configuration() throws -> ModernBERTConfiguration {
        let localAttention = localAttention ?? 128
        let configuration = ModernBERTConfiguration(
            width: width ?? 768,
            heads: heads ?? 12,
            layers: try sights(layers ?? 22),
            hiddenWidth: hiddenWidth ?? 1152,
            activation: try gate(activation ?? "gelu"),
            epsilon: try ConfigurationValue.epsilon(epsilon ?? 1e-5, "norm_eps"),
            vocabularySize: vocabularySize ?? 50368,
            longestText: longestText ?? 8192,
            window: localAttention / 2,
            globalTheta: try theta("full_attention", globalTheta ?? 160_000),
            localTheta: try theta("sliding_attention", localTheta ?? 10_000),
            normsHaveBias: normBias ?? false,
            attentionHasBias: attentionBias ?? false,
            hiddenHasBias: hiddenBias ?? false
        )
        try ConfigurationValue.check(configuration.width, "hidden_size")
        try ConfigurationValue.check(configuration.heads, "num_attention_heads")
        try ConfigurationValue.check(configuration.hiddenWidth, "intermediate_size")
        try ConfigurationValue.check(configuration.vocabularySize, "vocab_size")
        try ConfigurationValue.check(configuration.longestText, "max_position_embeddings")
        try ConfigurationValue.check(localAttention, "local_attention")
        try ConfigurationValue.check(configuration.width, dividedBy: configuration.heads)
        guard (configuration.width / configuration.heads).isMultiple(of: 2) else {
            throw MekikiError(
                .badData,
                "Attention heads of \(configuration.width / configuration.heads) elements can't "
                    + "have rotary positions. Fetch the model again."
            )
        }
        return configuration
    }

    private func sights(_ count: Int) throws -> [ModernBERTConfiguration.Sight] {
        try ConfigurationValue.check(layers: count)
        guard let layerTypes else {
            let interval = globalInterval ?? 3
            try ConfigurationValue.check(interval, "global_attn_every_n_layers")
            return (0..<count).map { $0.isMultiple(of: interval) ? .global : .local }
        }
        guard layerTypes.count == count else {
            throw MekikiError(
                .badData,
                "layer_types has \(layerTypes.count) entries for \(count) layers. Fetch it again."
            )
        }
        return try layerTypes.map { type in
            switch type {
            case "full_attention": return .global
            case "sliding_attention": return .local
            default:
                throw MekikiError(
                    .configuration,
                    "layer_types '\(type)' is not supported. Supported: full_attention, "
                        + "sliding_attention."
                )
            }
        }
    }

    private func theta(_ kind: String, _ standard: Double) throws -> Double {
        if let type = rotary?[kind]?.kind, type != "default" {
            throw MekikiError(
                .configuration,
                "rope_parameters.\(kind).rope_type '\(type)' is not supported. Supported: default."
            )
        }
        let theta = rotary?[kind]?.theta ?? standard
        guard theta.isFinite, theta > 1 else {
            throw MekikiError(
                .badData,
                "The rope_theta of \(kind) is \(theta), which no model has. Fetch it again."
            )
        }
        return theta
    }

    private func gate(_ name: String) throws -> GatedActivation {
        switch name {
        case "gelu": return .gelu
        case "gelu_pytorch_tanh", "gelu_new": return .geluTanh
        case "silu", "swish": return .silu
        default:
            throw MekikiError(
                .configuration,
                "hidden_activation '\(name)' is not supported. Supported: gelu, "
                    + "gelu_pytorch_tanh, silu."
            )
        }
    }
}
