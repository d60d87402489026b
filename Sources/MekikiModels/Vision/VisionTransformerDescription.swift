import MekikiCore
import MekikiTensor

/// A vision transformer (Dosovitskiy and others 2020) as its checkpoint holds it.
struct VisionTransformerDescription: VisionTowerDescription {
    /// Which tokens become the vector.
    enum Reading: Sendable, Equatable {
        /// The class token, which is computed alone in the last layer.
        case classToken(ProjectionNames)
        /// All of them, through a learned query; the norm is applied before.
        case attentionPooling(norm: String, head: AttentionPoolingNames)
    }

    var grid: PatchGrid
    var transformer: TransformerDescription
    /// The convolution of patches, `name.weight`, and `name.bias` where there is one.
    var patchEmbedding: String
    /// Whether the convolution has a bias.
    var hasPatchBias: Bool
    /// The class token's embedding.
    var classToken: String?
    /// The position embeddings of all tokens.
    var positions: String
    /// The norm before the first layer.
    var firstNorm: String?
    var reading: Reading

    var shape: TransformerShape { transformer.shape }

    func load(
        _ weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws -> any VisionTower {
        try VisionTransformer(
            self,
            weights: weights,
            dimension: dimension,
            computing: element,
            by: team
        )
    }

    /// Components of the vectors.
    ///
    /// - Parameter weights: The checkpoint.
    /// - Returns: The dimension.
    /// - Throws: `MekikiError` with code `badData` when the projection is missing.
    func dimension(of weights: Weights) throws -> Int {
        switch reading {
        case .classToken(let names): try names.dimension(of: weights, width: shape.width)
        case .attentionPooling: shape.width
        }
    }
}
