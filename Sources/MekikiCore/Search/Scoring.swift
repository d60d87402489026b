/// How a model turns cosines between a picture and texts into probabilities: the way it was trained.
public enum Scoring: Sendable, Hashable, Codable {
    /// The texts compete: the softmax over `scale` x cosine (CLIP).
    case softmax(scale: Float)

    /// Each text is a question of its own: the sigmoid of `scale` x cosine + `bias` (SigLIP).
    ///
    /// `scale` is the factor itself, not its logarithm, which is what checkpoints hold.
    case sigmoid(scale: Float, bias: Float)
}
