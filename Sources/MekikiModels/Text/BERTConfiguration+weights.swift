import MekikiCore
import MekikiTensor

extension BERTConfiguration {
    /// The sizes of an encoder as its tensors' shapes say, for checkpoints whose configuration names
    /// another repository instead.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - prefix: What the encoder's tensor names begin with.
    ///   - heads: Attention heads; as many as heads of 64 elements fill the width when `nil`.
    ///   - epsilon: The epsilon of every layer norm.
    ///   - positionOffset: The position of a text's first token.
    ///   - padding: The id of the padding token.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or shapes make no encoder.
    init(
        _ weights: Weights,
        prefix: String,
        heads: Int? = nil,
        epsilon: Float,
        positionOffset: Int,
        padding: Int32
    ) throws {
        let embeddings = prefix + "embeddings."
        let layer = prefix + "encoder.layer."
        let words = try weights.extents(embeddings + "word_embeddings.weight", count: 2)
        let positions = try weights.extents(embeddings + "position_embeddings.weight", count: 2)
        let types = weights.entry(named: embeddings + "token_type_embeddings.weight")?.shape.first
        let hidden = try weights.extents(layer + "0.intermediate.dense.weight", count: 2)
        let heads = heads ?? max(1, words[1] / 64)
        try ConfigurationValue.check(words[1], dividedBy: heads)
        guard positions[0] > positionOffset else {
            throw MekikiError(
                .badData,
                "The tensor '\(embeddings)position_embeddings.weight' has \(positions[0]) rows, too "
                    + "few for a text. Fetch the model again.",
                subject: weights.folder.path
            )
        }
        self.init(
            width: words[1],
            heads: heads,
            layers: weights.layerCount(layer),
            hiddenWidth: hidden[0],
            epsilon: epsilon,
            vocabularySize: words[0],
            maximumPositions: positions[0],
            tokenTypes: types ?? 0,
            positionOffset: positionOffset,
            padding: padding
        )
    }
}
