import Foundation
import MekikiCore
import MekikiTensor

extension Scoring {
    /// What a checkpoint's `logit_scale` and `logit_bias` say.
    ///
    /// Without them it is CLIP's: its scale was held at 100 at the end of its training.
    ///
    /// - Parameter weights: The checkpoint.
    /// - Throws: `MekikiError` with code `badData` when they are no single numbers.
    init(_ weights: Weights) throws {
        let scale = try weights.scalar("logit_scale").map(exp) ?? 100
        if let bias = try weights.scalar("logit_bias") {
            self = .sigmoid(scale: scale, bias: bias)
        } else {
            self = .softmax(scale: scale)
        }
        guard scale.isFinite, scale > 0 else {
            throw MekikiError(
                .badData,
                "The tensor 'logit_scale' is no factor of probabilities. Fetch the model again.",
                subject: weights.folder.path
            )
        }
    }
}
