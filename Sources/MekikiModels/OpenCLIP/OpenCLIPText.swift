import MekikiCore
import MekikiTensor

/// The text towers of open_clip: its own, and those of BERT's family.
enum OpenCLIPText {
    /// Describes a tower.
    ///
    /// - Parameters:
    ///   - section: Its `text_cfg`.
    ///   - weights: The checkpoint.
    ///   - activation: The activation of open_clip's own layers.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when the section asks for what is not supported, or makes no tower.
    static func describe(
        _ section: ConfigurationSection,
        _ weights: Weights,
        activation: Activation
    ) throws -> any PairedTextTowerDescription {
        let length = try section.size("context_length") ?? 77
        guard let name = try section.string("hf_model_name") else {
            return try own(section, weights, length: length, activation)
        }
        return try borrowed(name, section, weights, length: length)
    }

    // MARK: open_clip's own

    private static func own(
        _ section: ConfigurationSection,
        _ weights: Weights,
        length: Int,
        _ activation: Activation
    ) throws -> TextTransformerDescription {
        try OpenCLIPModel.refuseSpecialBlocks(section)
        for key in ["embed_cls", "no_causal_mask", "final_ln_after_pool"] {
            if try section.flag(key) ?? false {
                throw section.unsupported(key, supported: "false")
            }
        }
        let width = try section.size("width") ?? 512
        let heads = try section.size("heads") ?? 8
        let ratio = try section.number("mlp_ratio") ?? 4
        guard width.isMultiple(of: heads), (0.01...100).contains(ratio) else {
            throw MekikiError(
                .badData,
                "\(section.path) makes no model: heads has to divide width. Fetch the model again."
            )
        }
        // Models made with a text tower of their own kind have it in a part of its own.
        let isApart = weights.entry(named: "text.token_embedding.weight") != nil
        let prefix = isApart ? "text." : ""
        return TextTransformerDescription(
            transformer: TransformerDescription(
                shape: TransformerShape(
                    width: width,
                    layers: try section.size("layers") ?? 12,
                    heads: heads,
                    hiddenWidth: Int(Double(width) * ratio),
                    activation: activation,
                    epsilon: try OpenCLIPModel.epsilon(section),
                    isCausal: true
                ),
                prefix: prefix + "transformer.resblocks.",
                names: .openCLIP
            ),
            tokens: prefix + "token_embedding.weight",
            positions: prefix + "positional_embedding",
            vocabularySize: try section.size("vocab_size") ?? 49408,
            maximumLength: length,
            reading: try reading(section),
            head: ProjectionNames(
                norm: prefix + "ln_final",
                projection: try projection(section, prefix + "text_projection")
            )
        )
    }

    private static func reading(
        _ section: ConfigurationSection
    ) throws -> TextTransformerDescription.Reading {
        switch try section.string("pool_type") ?? "argmax" {
        case "argmax": return .largestToken
        case "eos":
            let end = try section.number("eos_id").flatMap { Int32(exactly: $0) }
            return .token(end ?? 2)
        default: throw section.unsupported("pool_type", supported: "argmax, eos")
        }
    }

    private static func projection(
        _ section: ConfigurationSection,
        _ name: String
    ) throws -> ProjectionNames.Projection {
        switch try section.string("proj_type") ?? "linear" {
        case "none": return .none
        case "linear":
            return try section.flag("proj_bias") ?? false
                ? .linear(name, hasBias: true) : .matrix(name)
        default: throw section.unsupported("proj_type", supported: "linear, none")
        }
    }

    // MARK: Of BERT's family

    /// A tower whose sizes stand in another repository: its tensors tell most, its name the rest.
    private static func borrowed(
        _ name: String,
        _ section: ConfigurationSection,
        _ weights: Weights,
        length: Int
    ) throws -> BERTTextDescription {
        let prefix = "text.transformer."
        guard weights.entry(named: prefix + "embeddings.word_embeddings.weight") != nil else {
            throw section.unsupported(
                "hf_model_name",
                supported: "models of the kinds bert, roberta and xlm-roberta"
            )
        }
        // RoBERTa's table of positions has two rows more than texts have tokens.
        let positions = weights.entry(named: prefix + "embeddings.position_embeddings.weight")
        let isRoBERTa =
            name.lowercased().contains("roberta") || positions?.shape.first == 514
        let padding: Int32 = isRoBERTa ? 1 : 0
        return BERTTextDescription(
            configuration: try BERTConfiguration(
                weights,
                prefix: prefix,
                epsilon: isRoBERTa ? 1e-5 : 1e-12,
                positionOffset: isRoBERTa ? Int(padding) + 1 : 0,
                padding: padding
            ),
            prefix: prefix,
            pooling: try pooling(section, weights, prefix),
            projection: try projection(weights),
            maximumLength: length
        )
    }

    private static func pooling(
        _ section: ConfigurationSection,
        _ weights: Weights,
        _ prefix: String
    ) throws -> BERTPooling {
        let key = section.has("hf_pooler_type") ? "hf_pooler_type" : "pooler_type"
        switch try section.string(key) ?? "mean_pooler" {
        case "mean_pooler": return .mean
        case "cls_last_hidden_state_pooler": return .first
        case "cls_pooler":
            // open_clip takes the encoder's own pooler where it has one.
            return weights.entry(named: prefix + "pooler.dense.weight") == nil ? .first : .pooler
        default:
            throw section.unsupported(
                key,
                supported: "mean_pooler, cls_pooler, cls_last_hidden_state_pooler"
            )
        }
    }

    private static func projection(_ weights: Weights) throws -> BERTTextDescription.Projection {
        if weights.entry(named: "text.proj.0.weight") != nil {
            let hidden = try weights.extents("text.proj.0.weight", count: 2)[0]
            return .perceptron("text.proj.0", "text.proj.2", hiddenWidth: hidden)
        }
        return weights.entry(named: "text.proj.weight") == nil ? .none : .linear("text.proj")
    }
}
