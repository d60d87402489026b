import MekikiCore
import MekikiTensor

/// What the names of a checkpoint's tensors tell about a model whose own code is not at hand.
struct DetectedTensors: Sendable {
    /// The vision tower.
    let vision: VisionTransformerDescription
    /// What the text encoder's names begin with.
    let textPrefix: String
    /// The projection behind the text encoder.
    let textProjection: String

    /// Finds both towers.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - configuration: The vision tower's section of config.json.
    /// - Throws: `MekikiError` with code `configuration` that lists the tensors that belong to no
    ///   known tower.
    init(_ weights: Weights, configuration: ConfigurationSection) throws {
        let detection = VisionDetection(weights: weights, configuration: configuration)
        guard let vision = try detection.describe() else {
            throw Self.unmatched(weights, [], missing: "a vision tower of a kind that is known")
        }
        guard
            let textPrefix = weights.prefix(before: "embeddings.word_embeddings.weight")
        else {
            throw Self.unmatched(
                weights,
                vision.names,
                missing: "a text tower of BERT's family"
            )
        }
        guard let projection = Self.projection(["text_projection", "text_proj"], weights) else {
            throw Self.unmatched(
                weights,
                vision.names + [textPrefix],
                missing: "the text tower's projection"
            )
        }
        self.vision = vision.description
        self.textPrefix = textPrefix
        textProjection = projection
        let placed =
            vision.names + [
                textPrefix + "embeddings.", textPrefix + "encoder.", projection + ".",
                vision.projection + ".",
            ]
        let left = Self.left(weights, placed)
        guard left.isEmpty else {
            throw Self.unmatched(weights, placed, missing: "nothing, but holds more than is known")
        }
    }

    /// The first of several linear layers that exists.
    static func projection(_ names: [String], _ weights: Weights) -> String? {
        names.first { weights.entry(named: $0 + ".weight") != nil }
    }

    /// Tensors that have no place in what was found, but for those that no vector depends on.
    private static func left(_ weights: Weights, _ placed: [String]) -> [String] {
        let ignored = [
            "position_ids", "pooler.dense.weight", "pooler.dense.bias", "logit_scale",
            "logit_bias", "inv_tau", "temperature", "token_type_ids",
        ]
        return weights.names.filter { name in
            !ignored.contains { name.hasSuffix($0) } && !placed.contains { name.hasPrefix($0) }
        }
    }

    private static func unmatched(
        _ weights: Weights,
        _ placed: [String],
        missing: String
    ) -> MekikiError {
        // Layers are alike: one line stands for all of them.
        let patterns = Set(
            left(weights, placed).map { name in
                name.split(separator: ".").map { Int($0) == nil ? String($0) : "N" }
                    .joined(separator: ".")
            }
        )
        let shown = patterns.sorted().prefix(60).joined(separator: ", ")
        return MekikiError(
            .configuration,
            "The weights lack \(missing). Known are vision towers as ViT, CLIP and SigLIP of "
                + "transformers and open_clip name them, with BERT or RoBERTa. Tensors without a "
                + "place (N is a number): \(shown).",
            subject: weights.folder.path
        )
    }
}
