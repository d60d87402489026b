import MekikiCore
import MekikiTensor

/// A pre-norm text transformer with learned positions, CLIP's or SigLIP's, as its checkpoint holds it.
struct TextTransformerDescription: PairedTextTowerDescription {
    /// Which token stands for the text.
    enum Reading: Sendable, Equatable {
        /// The first of the largest id. Configurations written before transformers 4.31 carry a wrong
        /// end token, 2, and mean this; so do OpenAI's own code and open_clip.
        case largestToken
        /// The first with this id.
        case token(Int32)
        /// The last of a text that is padded to the model's full length: SigLIP's towers see their
        /// padding, and mostly read one of its tokens.
        case lastOfFullLength
    }

    var transformer: TransformerDescription
    /// The tensor of token embeddings.
    var tokens: String
    /// The tensor of position embeddings.
    var positions: String
    var vocabularySize: Int
    var maximumLength: Int
    var reading: Reading
    var head: ProjectionNames

    var shape: TransformerShape { transformer.shape }

    /// The number of tokens up to and including the one where a text is read; what follows is not
    /// computed, because a causal tower's result does not depend on it.
    ///
    /// - Parameter text: The ids of a text, padded or not.
    /// - Returns: A length of 1 or more.
    /// - Throws: `MekikiError` with code `badData` when the ids do not fit the model.
    func length(of text: [Int32]) throws -> Int {
        guard !text.isEmpty else { try check(length: 0); return 0 }
        let end: Int
        switch reading {
        case .largestToken:
            end = text.indices.max { (text[$0], -$0) < (text[$1], -$1) } ?? 0
        case .token(let id):
            // Without an end token transformers reads the first position.
            end = text.firstIndex(of: id) ?? 0
        case .lastOfFullLength:
            end = text.count - 1
            guard text.count >= maximumLength else {
                throw MekikiError(
                    .badData,
                    "A text of \(text.count) tokens was not padded to this model's "
                        + "\(maximumLength)."
                )
            }
        }
        try check(length: end + 1)
        try check(text[...end])
        return end + 1
    }

    var selfTestInputs: [[Int32]] {
        let largest = Int32(clamping: vocabularySize - 1)
        let end: Int32
        switch reading {
        case .largestToken, .lastOfFullLength: end = largest
        case .token(let id): end = min(id, largest)
        }
        let length = reading == .lastOfFullLength ? maximumLength : min(3, maximumLength)
        let words = [largest / 2, largest / 3, 0].filter { $0 != end }.prefix(2)
        return words.map { [Int32](repeating: $0, count: length - 1) + [end] }
    }

    func load(
        _ weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws -> any PairedTextTower {
        try TextTransformer(
            self,
            weights: weights,
            dimension: dimension,
            computing: element,
            by: team
        )
    }
}
