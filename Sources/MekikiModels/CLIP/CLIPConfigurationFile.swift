import MekikiCore
import MekikiTensor

/// The keys of config.json as they stand in the file.
///
/// What is absent has the default of transformers' classes.
struct CLIPConfigurationFile: Decodable {
    private var modelType: String?
    private var projectionDimension: Int?
    private var text: Tower?
    private var vision: Tower?
    private var textOverride: Tower?
    private var visionOverride: Tower?

    private enum CodingKeys: String, CodingKey {
        case modelType = "model_type"
        case projectionDimension = "projection_dim"
        case text = "text_config"
        case vision = "vision_config"
        case textOverride = "text_config_dict"
        case visionOverride = "vision_config_dict"
    }

    /// One tower's section.
    private struct Tower: Decodable {
        var modelType: String?
        var width: Int?
        var hiddenWidth: Int?
        var layers: Int?
        var heads: Int?
        var activation: String?
        var epsilon: Float?
        var imageSize: Int?
        var patchSize: Int?
        var channels: Int?
        var vocabularySize: Int?
        var maximumLength: Int?
        var endToken: Int32?

        enum CodingKeys: String, CodingKey {
            case modelType = "model_type"
            case width = "hidden_size"
            case hiddenWidth = "intermediate_size"
            case layers = "num_hidden_layers"
            case heads = "num_attention_heads"
            case activation = "hidden_act"
            case epsilon = "layer_norm_eps"
            case imageSize = "image_size"
            case patchSize = "patch_size"
            case channels = "num_channels"
            case vocabularySize = "vocab_size"
            case maximumLength = "max_position_embeddings"
            case endToken = "eos_token_id"
        }
    }

    func configuration() throws -> CLIPConfiguration {
        // Old files repeat a section as `_dict`. Where it is present, transformers takes every value
        // from there, its defaults included, and none from the section itself.
        let text = textOverride ?? text ?? Tower()
        let vision = visionOverride ?? vision ?? Tower()
        let configuration = CLIPConfiguration(
            vision: try self.vision(vision),
            text: try self.text(text),
            projectionDimension: projectionDimension ?? 512
        )
        try ConfigurationValue.check(configuration.projectionDimension, "projection_dim")
        return configuration
    }

    private func text(_ section: Tower) throws -> CLIPConfiguration.Text {
        try check(section.modelType, is: "_text_model", in: "text_config")
        let text = CLIPConfiguration.Text(
            shape: try Self.shape(
                section,
                width: 512,
                hiddenWidth: 2048,
                heads: 8,
                isCausal: true,
                in: "text_config"
            ),
            vocabularySize: section.vocabularySize ?? 49408,
            maximumLength: section.maximumLength ?? 77,
            // MetaCLIP 2 came later, and means it.
            reading: section.endToken == 2 && modelType != "metaclip_2"
                ? .largestToken : .token(section.endToken ?? 49407)
        )
        try ConfigurationValue.check(text.vocabularySize, "text_config.vocab_size")
        try ConfigurationValue.check(text.maximumLength, "text_config.max_position_embeddings")
        return text
    }

    private func vision(_ section: Tower) throws -> CLIPConfiguration.Vision {
        try check(section.modelType, is: "_vision_model", in: "vision_config")
        guard section.channels ?? 3 == 3 else {
            throw MekikiError(
                .configuration,
                "vision_config.num_channels is \(section.channels ?? 3); only models of three "
                    + "colours are supported."
            )
        }
        let vision = CLIPConfiguration.Vision(
            shape: try Self.shape(
                section,
                width: 768,
                hiddenWidth: 3072,
                heads: 12,
                isCausal: false,
                in: "vision_config"
            ),
            imageSize: section.imageSize ?? 224,
            patchSize: section.patchSize ?? 32
        )
        try ConfigurationValue.check(vision.imageSize, "vision_config.image_size")
        try ConfigurationValue.check(vision.patchSize, "vision_config.patch_size")
        guard vision.patchSize <= vision.imageSize else {
            throw MekikiError(
                .badData,
                "vision_config.patch_size is larger than image_size. Fetch it again."
            )
        }
        return vision
    }

    private static func shape(
        _ section: Tower,
        width: Int,
        hiddenWidth: Int,
        heads: Int,
        isCausal: Bool,
        in name: String
    ) throws -> TransformerShape {
        let shape = TransformerShape(
            width: section.width ?? width,
            layers: section.layers ?? 12,
            heads: section.heads ?? heads,
            hiddenWidth: section.hiddenWidth ?? hiddenWidth,
            activation: try ConfigurationValue.activation(
                section.activation ?? "quick_gelu",
                "\(name).hidden_act"
            ),
            epsilon: try ConfigurationValue.epsilon(
                section.epsilon ?? 1e-5,
                "\(name).layer_norm_eps"
            ),
            isCausal: isCausal
        )
        try ConfigurationValue.check(shape.width, "\(name).hidden_size")
        try ConfigurationValue.check(shape.layers, "\(name).num_hidden_layers")
        try ConfigurationValue.check(shape.heads, "\(name).num_attention_heads")
        try ConfigurationValue.check(shape.hiddenWidth, "\(name).intermediate_size")
        guard shape.width.isMultiple(of: shape.heads) else {
            throw MekikiError(
                .badData,
                "\(name).hidden_size (\(shape.width)) can't be divided among "
                    + "\(shape.heads) attention heads. Fetch it again."
            )
        }
        return shape
    }

    /// Some Japanese models say `clip` and hold towers of other kinds.
    private func check(_ type: String?, is ending: String, in section: String) throws {
        let kind = modelType ?? "clip"
        guard let type, !type.isEmpty, type != kind + ending else { return }
        throw MekikiError(
            .configuration,
            "\(section).model_type '\(type)' is not supported in a model of type \(kind). "
                + "Supported: \(kind)\(ending)."
        )
    }
}
