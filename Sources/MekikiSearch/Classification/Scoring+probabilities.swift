import Foundation
import MekikiCore

extension Scoring {
    /// How probable each of several texts is for one picture.
    ///
    /// - Parameter cosines: The cosine of the picture with each text; all texts that compete.
    /// - Returns: A probability for each, 0 to 1; with `softmax` they add up to 1.
    public func probabilities(_ cosines: [Float]) -> [Float] {
        switch self {
        case .softmax(let scale):
            let logits = cosines.map { Double(scale) * Double($0) }
            guard let greatest = logits.max() else { return [] }
            // Of differences, so that no power is beyond what a number holds.
            let powers = logits.map { exp($0 - greatest) }
            let sum = powers.reduce(0, +)
            return powers.map { Float($0 / sum) }
        case .sigmoid(let scale, let bias):
            return cosines.map { cosine in
                let logit = Double(scale) * Double(cosine) + Double(bias)
                // Of the negative side only, for the same reason.
                let power = exp(-abs(logit))
                return Float((logit < 0 ? power : 1) / (1 + power))
            }
        }
    }
}
