import MekikiCore
import MekikiTensor
import MekikiTokenizers

/// What an architecture makes of a folder: everything about a model but its weights.
struct ImageTextDescription: Sendable {
    /// The tower that reads pictures.
    var vision: any VisionTowerDescription
    /// The tower that reads texts.
    var text: any PairedTextTowerDescription
    /// Components of the vectors.
    var dimension: Int
    /// What turns cosines into probabilities.
    var scoring: Scoring
    /// What happens to pictures first.
    var preprocessing: PreprocessorSettings
    /// What happens to texts first.
    var tokenization: Tokenization
}
