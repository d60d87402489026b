import Foundation
import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// rinna/japanese-roberta-base, the text side of nearly every Japanese CLIP: its sizes beyond what
/// tensors tell, and how its users split texts.
enum RinnaRoBERTa {
    /// The longest text in tokens, the first one included.
    static let maximumLength = 77

    /// The encoder's sizes.
    ///
    /// Positions count from 0: every user of it gives them explicitly, against RoBERTa's custom.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - prefix: What the encoder's tensor names begin with.
    ///   - heads: Attention heads, where they are not of 64 elements.
    ///   - epsilon: The epsilon of every layer norm, where it is not 1e-5.
    /// - Returns: The sizes.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing.
    static func configuration(
        _ weights: Weights,
        prefix: String,
        heads: Int? = nil,
        epsilon: Float? = nil
    ) throws -> BERTConfiguration {
        try BERTConfiguration(
            weights,
            prefix: prefix,
            heads: heads,
            epsilon: epsilon ?? 1e-5,
            positionOffset: 0,
            padding: 3
        )
    }

    /// How texts are split: in lower case, with one token before them and none behind.
    ///
    /// - Parameters:
    ///   - folder: The model's folder.
    ///   - start: The token before each text.
    ///   - cleaning: What happens before.
    /// - Returns: The tokenization.
    /// - Throws: `MekikiError` with code `noInput` when the folder has no tokenizer.
    static func tokenization(
        _ folder: ModelFolder,
        start: String,
        cleaning: TextCleaning = .none
    ) throws -> Tokenization {
        let options = TokenizerOptions(lowercases: true, start: [start], end: [])
        let places = [folder.url, folder.url.appending(path: "onnx"), folder.tokenizerFolder]
        for place in places.compactMap(\.self) {
            for name in ["spiece.model", "tokenizer.json"]
            where FileManager.default.fileExists(atPath: place.appending(path: name).path) {
                return Tokenization(folder: place, options: options, cleaning: cleaning)
            }
        }
        throw MekikiError(
            .noInput,
            "spiece.model is missing from this model folder. This model uses that of "
                + "rinna/japanese-roberta-base: put it into the folder, or fetch the model with "
                + "`mekiki models pull`, which brings both.",
            subject: folder.url.path
        )
    }
}
