import MekikiCore
import MekikiTensor

/// A text tower of BERT's family beside a vision tower: an encoder, a pooling, a projection.
struct BERTTextDescription: PairedTextTowerDescription {
    /// The way into the shared space; none of these layers has a bias.
    enum Projection: Sendable, Equatable {
        /// There is none.
        case none
        /// One linear layer.
        case linear(String)
        /// Two of them with GELU between.
        case perceptron(String, String, hiddenWidth: Int)
    }

    var configuration: BERTConfiguration
    /// What the encoder's tensor names begin with.
    var prefix: String
    var pooling: BERTPooling
    var projection: Projection
    var maximumLength: Int

    var vocabularySize: Int { configuration.vocabularySize }

    var selfTestInputs: [[Int32]] {
        TextSequences.selfTestInputs(vocabularySize: vocabularySize, longest: maximumLength)
    }

    /// A text without the padding behind it, which the encoder would mask.
    func unpadded(_ text: [Int32]) -> [Int32] {
        let end = text.lastIndex { $0 != configuration.padding }
        return end.map { Array(text[...$0]) } ?? text
    }

    func load(
        _ weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws -> any PairedTextTower {
        try BERTTextTower(
            self,
            weights: weights,
            dimension: dimension,
            computing: element,
            by: team
        )
    }
}
