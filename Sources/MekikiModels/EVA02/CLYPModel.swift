import Foundation
import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// LINE's clip-japanese-base, versions 1 and 2: EVA02 for pictures, rinna's RoBERTa for texts.
///
/// Its own code asks two other repositories for sizes and the tokenizer; here the tensors tell the
/// sizes, and the tokenizer's model lies in the folder.
enum CLYPModel {
    /// Describes a folder's model.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - weights: Its checkpoint.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    static func describe(_ folder: ModelFolder, _ weights: Weights) throws -> ImageTextDescription {
        let file = try ConfigurationSection(contentsOf: folder.file("config.json"))
        let backbone = try file.section("vision_encoder_config").section("backbone_config")
        guard try backbone.string("model_name")?.hasPrefix("eva02_") ?? true else {
            throw backbone.unsupported("model_name", supported: "eva02_…")
        }
        let vision = try EVA02Vision.describe(
            weights,
            prefix: "vision_encoder.backbone.",
            heads: backbone.section("extra_kwargs").size("num_heads"),
            projection: "vision_encoder.neck.linear"
        )
        let text = "text_encoder.backbone.model."
        return ImageTextDescription(
            vision: vision,
            text: BERTTextDescription(
                configuration: try RinnaRoBERTa.configuration(
                    weights,
                    prefix: text,
                    heads: file.section("text_encoder_config").section("backbone_config")
                        .section("extra_kwargs").size("num_attention_heads")
                ),
                prefix: text,
                pooling: .first,
                projection: .linear("text_encoder.neck.linear"),
                maximumLength: RinnaRoBERTa.maximumLength
            ),
            dimension: try vision.dimension(of: weights),
            scoring: try scoring(weights),
            preprocessing: try preprocessing(folder, side: vision.grid.imageSize),
            tokenization: try RinnaRoBERTa.tokenization(folder, start: "[CLS]")
        )
    }

    /// Cosines were divided by a temperature in training.
    private static func scoring(_ weights: Weights) throws -> Scoring {
        guard let temperature = try weights.scalar("itc_loss_fn.temperature") else {
            return try Scoring(weights)
        }
        guard temperature.isFinite, temperature > 0 else {
            throw MekikiError(
                .badData,
                "The tensor 'itc_loss_fn.temperature' is no temperature. Fetch the model again.",
                subject: weights.folder.path
            )
        }
        return .softmax(scale: 1 / temperature)
    }

    /// The longest side fills the square, and black the rest; the file says only which mean and
    /// deviation.
    private static func preprocessing(
        _ folder: ModelFolder,
        side: Int
    ) throws -> PreprocessorSettings {
        let file = try ConfigurationSection(contentsOf: folder.file("preprocessor_config.json"))
        let normalization: PreprocessorSettings.Normalization
        switch try file.string("normalization_type") ?? "imagenet" {
        case "imagenet": normalization = .imageNet
        case "imagenet_inception": normalization = .half
        case "openai_clip": normalization = .clip
        default:
            throw file.unsupported(
                "normalization_type",
                supported: "imagenet, imagenet_inception, openai_clip"
            )
        }
        return PreprocessorSettings(
            resize: .longestEdge(side, .byFactor),
            filter: .bicubic,
            crop: .init(width: side, height: side),
            cropRounding: .torchvision,
            rescale: 1 / 255,
            normalization: normalization
        )
    }
}
