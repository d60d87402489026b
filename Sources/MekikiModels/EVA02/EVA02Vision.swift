import Foundation
import MekikiCore
import MekikiTensor

/// EVA02's vision transformer as timm writes it (Fang and others 2023): SwiGLU, a norm inside the
/// attention and one inside the feed-forward half, and patches that know their place by rotation, too.
enum EVA02Vision {
    /// The side, in patches, of the grid on which the angles were chosen: that of the pretraining.
    private static let referenceSide = 16.0
    /// Elements of a head in every size of the family.
    private static let headWidth = 64

    /// Describes a tower, whose sizes its tensors tell.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - prefix: What its tensor names begin with.
    ///   - heads: Attention heads, where they are not of 64 elements.
    ///   - projection: The name of the projection behind it.
    /// - Returns: The description.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or shapes make no tower.
    static func describe(
        _ weights: Weights,
        prefix: String,
        heads: Int?,
        projection: String
    ) throws -> VisionTransformerDescription {
        let convolution = try weights.extents(prefix + "patch_embed.proj.weight", count: 4)
        let width = convolution[0]
        let patchSize = convolution[3]
        let tokens = try weights.extents(prefix + "pos_embed", count: 3)[1]
        let side = Int(Double(tokens - 1).squareRoot())
        let heads = heads ?? width / headWidth
        guard side > 0, side * side == tokens - 1, heads > 0, width.isMultiple(of: 4 * heads) else {
            throw MekikiError(
                .badData,
                "The tensors of the vision tower make no EVA02: \(tokens) positions, and \(heads) "
                    + "heads in a width of \(width). Fetch the model again.",
                subject: weights.folder.path
            )
        }
        let hidden = try weights.extents(prefix + "blocks.0.mlp.fc1_g.weight", count: 2)[0]
        return VisionTransformerDescription(
            grid: PatchGrid(imageSize: side * patchSize, patchSize: patchSize),
            transformer: TransformerDescription(
                shape: TransformerShape(
                    width: width,
                    layers: weights.layerCount(prefix + "blocks."),
                    heads: heads,
                    hiddenWidth: hidden,
                    // Not used: the hidden layer is gated.
                    activation: .identity,
                    epsilon: 1e-6,
                    isCausal: false
                ),
                prefix: prefix + "blocks.",
                names: .eva02,
                rotary: RotaryEmbedding(
                    angles: angles(side: side, headWidth: width / heads),
                    headWidth: width / heads,
                    pairing: .neighbours,
                    leadingTokens: 1
                )
            ),
            patchEmbedding: prefix + "patch_embed.proj",
            hasPatchBias: true,
            classToken: prefix + "cls_token",
            positions: prefix + "pos_embed",
            reading: .classToken(
                ProjectionNames(
                    norm: prefix + "norm",
                    projection: .linear(projection, hasBias: false)
                )
            )
        )
    }

    /// The angles of a square of patches, row by row: half of each head turns with the row, half with
    /// the column, both counted on the grid of the pretraining.
    ///
    /// - Parameters:
    ///   - side: Patches along one side.
    ///   - headWidth: Elements of one head, a multiple of 4.
    /// - Returns: Angles in radians, shape `[side * side, headWidth / 2]`.
    static func angles(side: Int, headWidth: Int) -> [Float] {
        let bands = (0..<headWidth / 4).map { band in
            Float(pow(10_000, -Double(band) / Double(headWidth / 4)))
        }
        let places = (0..<side).map { Float(Double($0) / Double(side) * referenceSide) }
        return places.flatMap { row in
            places.flatMap { column in bands.map { row * $0 } + bands.map { column * $0 } }
        }
    }
}
