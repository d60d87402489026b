import Foundation
import MekikiCore
import MekikiTensor

/// CLIP as transformers writes it.
enum CLIPModel {
    /// Describes a folder's model.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - weights: Its checkpoint.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    static func describe(_ folder: ModelFolder, _ weights: Weights) throws -> ImageTextDescription {
        let configuration = try CLIPConfiguration(contentsOf: folder.file("config.json"))
        return ImageTextDescription(
            vision: vision(configuration.vision),
            text: text(configuration.text),
            dimension: configuration.projectionDimension,
            scoring: try Scoring(weights),
            preprocessing: try PreprocessorFile(folder: folder.url).settings(),
            tokenization: Tokenization(folder: folder.tokenizerFolder ?? folder.url)
        )
    }

    /// The tower of transformers' CLIPVisionModel.
    ///
    /// - Parameters:
    ///   - vision: Its sizes.
    ///   - prefix: What its tensor names begin with.
    ///   - projection: The name of the projection behind it.
    /// - Returns: Its description.
    static func vision(
        _ vision: CLIPConfiguration.Vision,
        prefix: String = "vision_model.",
        projection: String = "visual_projection"
    ) -> VisionTransformerDescription {
        VisionTransformerDescription(
            grid: vision.grid,
            transformer: TransformerDescription(
                shape: vision.shape,
                prefix: prefix + "encoder.layers.",
                names: .clip
            ),
            patchEmbedding: prefix + "embeddings.patch_embedding",
            hasPatchBias: false,
            classToken: prefix + "embeddings.class_embedding",
            positions: prefix + "embeddings.position_embedding.weight",
            // The misspelling is the checkpoints'.
            firstNorm: prefix + "pre_layrnorm",
            reading: .classToken(
                ProjectionNames(
                    norm: prefix + "post_layernorm",
                    projection: .linear(projection, hasBias: false)
                )
            )
        )
    }

    private static func text(_ text: CLIPConfiguration.Text) -> TextTransformerDescription {
        TextTransformerDescription(
            transformer: TransformerDescription(
                shape: text.shape,
                prefix: "text_model.encoder.layers.",
                names: .clip
            ),
            tokens: "text_model.embeddings.token_embedding.weight",
            positions: "text_model.embeddings.position_embedding.weight",
            vocabularySize: text.vocabularySize,
            maximumLength: text.maximumLength,
            reading: text.reading,
            head: ProjectionNames(
                norm: "text_model.final_layer_norm",
                projection: .linear("text_projection", hasBias: false)
            )
        )
    }
}
