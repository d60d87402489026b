import Foundation
import MekikiCore
import MekikiTensor

/// A vision transformer beside rinna's RoBERTa: rinna's CLIP and CLOOB, Japanese Stable CLIP,
/// recruit's CLIP.
///
/// Their own code is not part of transformers, and Japanese Stable CLIP's files were never at hand: so
/// the towers are recognised by the names of their tensors.
enum JapaneseCLIPModel {
    /// Describes a folder's model.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - weights: Its checkpoint.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    static func describe(_ folder: ModelFolder, _ weights: Weights) throws -> ImageTextDescription {
        let file = try ConfigurationSection(contentsOf: folder.file("config.json"))
        let textSection = try file.section("text_config")
        if let kind = try textSection.string("model_type"), !kind.isEmpty,
            !["roberta", "bert", "xlm-roberta"].contains(kind)
        {
            throw textSection.unsupported("model_type", supported: "roberta")
        }
        let detected = try DetectedTensors(
            weights,
            configuration: file.section("vision_config")
        )
        let isStable = folder.modelType == "japanese_stable_clip"
        return ImageTextDescription(
            vision: detected.vision,
            text: BERTTextDescription(
                configuration: try RinnaRoBERTa.configuration(
                    weights,
                    prefix: detected.textPrefix,
                    heads: textSection.size("num_attention_heads"),
                    epsilon: textSection.number("layer_norm_eps").map { Float($0) }
                ),
                prefix: detected.textPrefix,
                pooling: .first,
                projection: .linear(detected.textProjection),
                maximumLength: RinnaRoBERTa.maximumLength
            ),
            dimension: try detected.vision.dimension(of: weights),
            scoring: try Scoring(weights),
            preprocessing: try preprocessing(folder, side: detected.vision.grid.imageSize),
            tokenization: isStable
                ? try RinnaRoBERTa.tokenization(folder, start: "<s>", cleaning: .web)
                : try RinnaRoBERTa.tokenization(folder, start: "[CLS]")
        )
    }

    /// rinna's and recruit's code prepare pictures by torchvision, whatever the folder says; Japanese
    /// Stable CLIP has a file, and these numbers where that names a processor of its own.
    private static func preprocessing(
        _ folder: ModelFolder,
        side: Int
    ) throws -> PreprocessorSettings {
        let isStable = folder.modelType == "japanese_stable_clip"
        if isStable, let settings = try? PreprocessorFile(folder: folder.url).settings() {
            return settings
        }
        let isRinna = folder.modelType == "clip" || folder.modelType == "cloob"
        return PreprocessorSettings(
            resize: .shortestEdge(side),
            filter: isRinna ? .bilinear : .bicubic,
            crop: .init(width: side, height: side),
            cropRounding: isStable ? .transformers : .torchvision,
            rescale: 1 / 255,
            normalization: isStable ? .half : .clip
        )
    }
}
