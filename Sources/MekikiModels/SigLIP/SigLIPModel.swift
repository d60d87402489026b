import Foundation
import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// SigLIP (Zhai and others 2023), and SigLIP 2 (Tschannen and others 2025) of fixed resolution, as
/// transformers writes both.
enum SigLIPModel {
    /// Describes a folder's model.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - weights: Its checkpoint.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    static func describe(_ folder: ModelFolder, _ weights: Weights) throws -> ImageTextDescription {
        let file = try ConfigurationSection(contentsOf: folder.file("config.json"))
        let vision = try vision(file.section("vision_config"))
        let textSection = try file.section("text_config")
        let text = try text(textSection)
        let dimension = vision.shape.width
        guard try text.head.dimension(of: weights, width: text.shape.width) == dimension else {
            throw MekikiError(
                .badData,
                "The text tower's vectors are not as long as the vision tower's, \(dimension). The "
                    + "files belong to different models: fetch them again.",
                subject: folder.url.path
            )
        }
        return ImageTextDescription(
            vision: vision,
            text: text,
            dimension: dimension,
            scoring: try Scoring(weights),
            preprocessing: try PreprocessorFile(folder: folder.url).settings(),
            tokenization: try tokenization(folder, text)
        )
    }

    private static func vision(
        _ section: ConfigurationSection
    ) throws -> VisionTransformerDescription {
        try check(section, "siglip_vision_model")
        if try section.flag("vision_use_head") == false {
            throw section.unsupported("vision_use_head", supported: "true")
        }
        guard try section.number("num_channels") ?? 3 == 3 else {
            throw section.unsupported("num_channels", supported: "3")
        }
        let shape = try shape(section)
        let grid = PatchGrid(
            imageSize: try section.size("image_size") ?? 224,
            patchSize: try section.size("patch_size") ?? 16,
            hasClassToken: false
        )
        guard grid.patchSize <= grid.imageSize else {
            throw MekikiError(
                .badData,
                "vision_config.patch_size is larger than image_size. Fetch the model again."
            )
        }
        return Self.vision(grid, shape, prefix: "vision_model.")
    }

    /// The tower of transformers' SiglipVisionModel.
    ///
    /// - Parameters:
    ///   - grid: Its patches.
    ///   - shape: Its sizes.
    ///   - prefix: What its tensor names begin with.
    /// - Returns: Its description.
    static func vision(
        _ grid: PatchGrid,
        _ shape: TransformerShape,
        prefix: String
    ) -> VisionTransformerDescription {
        var pooling = LayerNames.clip
        pooling.projections = .stacked("attention.in_proj_")
        pooling.attentionOutput = "attention.out_proj"
        pooling.feedForwardNorm = "layernorm"
        return VisionTransformerDescription(
            grid: grid,
            transformer: TransformerDescription(
                shape: shape,
                prefix: prefix + "encoder.layers.",
                names: .clip
            ),
            patchEmbedding: prefix + "embeddings.patch_embedding",
            hasPatchBias: true,
            positions: prefix + "embeddings.position_embedding.weight",
            reading: .attentionPooling(
                norm: prefix + "post_layernorm",
                head: AttentionPoolingNames(
                    probe: prefix + "head.probe",
                    prefix: prefix + "head.",
                    names: pooling,
                    hiddenWidth: shape.hiddenWidth
                )
            )
        )
    }

    private static func text(_ section: ConfigurationSection) throws -> TextTransformerDescription {
        try check(section, "siglip_text_model")
        return TextTransformerDescription(
            transformer: TransformerDescription(
                shape: try shape(section),
                prefix: "text_model.encoder.layers.",
                names: .clip
            ),
            tokens: "text_model.embeddings.token_embedding.weight",
            positions: "text_model.embeddings.position_embedding.weight",
            vocabularySize: try section.size("vocab_size") ?? 32000,
            maximumLength: try section.size("max_position_embeddings") ?? 64,
            reading: .lastOfFullLength,
            head: ProjectionNames(
                norm: "text_model.final_layer_norm",
                projection: .linear("text_model.head", hasBias: true)
            )
        )
    }

    /// Sections may be almost empty; what is absent has the default of transformers' classes.
    private static func shape(_ section: ConfigurationSection) throws -> TransformerShape {
        let shape = TransformerShape(
            width: try section.size("hidden_size") ?? 768,
            layers: try section.size("num_hidden_layers") ?? 12,
            heads: try section.size("num_attention_heads") ?? 12,
            hiddenWidth: try section.size("intermediate_size") ?? 3072,
            activation: try section.activation("hidden_act") ?? .geluTanh,
            epsilon: try ConfigurationValue.epsilon(
                Float(section.number("layer_norm_eps") ?? 1e-6),
                "\(section.path).layer_norm_eps"
            ),
            isCausal: false
        )
        try ConfigurationValue.check(shape.width, dividedBy: shape.heads)
        return shape
    }

    private static func check(_ section: ConfigurationSection, _ type: String) throws {
        guard let found = try section.string("model_type"), !found.isEmpty, found != type else {
            return
        }
        throw section.unsupported("model_type", supported: type)
    }

    /// Both learned from texts padded to their full length, without a mask; each from other words.
    private static func tokenization(
        _ folder: ModelFolder,
        _ text: TextTransformerDescription
    ) throws -> Tokenization {
        var tokenization = Tokenization(
            folder: folder.tokenizerFolder ?? folder.url,
            paddedLength: text.maximumLength
        )
        if try isSecond(folder, text) {
            // The files of before transformers 5 don't lower the words, which training did.
            tokenization.options = TokenizerOptions(lowercases: true, start: [], end: ["<eos>"])
        } else {
            tokenization.options = TokenizerOptions(lowercases: true, start: [], end: ["</s>"])
            tokenization.cleaning = .withoutPunctuation
        }
        return tokenization
    }

    /// Whether texts are split as SigLIP 2 has it, with Gemma's vocabulary.
    private static func isSecond(
        _ folder: ModelFolder,
        _ text: TextTransformerDescription
    ) throws -> Bool {
        let name = "tokenizer_config.json"
        if folder.has(name) {
            let file = try ConfigurationSection(contentsOf: folder.file(name))
            let kind = try file.string("tokenizer_class") ?? ""
            if kind.hasPrefix("SiglipTokenizer") || kind.hasPrefix("T5Tokenizer") { return false }
            if kind.hasPrefix("Siglip2Tokenizer") || kind.hasPrefix("Gemma") { return true }
        }
        return text.vocabularySize == 256_000
    }
}
