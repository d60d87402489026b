import MekikiTensor

/// The sizes of a pre-norm transformer.
struct TransformerShape: Sendable, Equatable {
    /// Elements of a token.
    var width: Int
    /// The number of layers.
    var layers: Int
    /// Attention heads, which divide the width.
    var heads: Int
    /// Elements of the hidden layer of each perceptron.
    var hiddenWidth: Int
    /// The activation of each perceptron.
    var activation: Activation
    /// The epsilon of every layer norm.
    var epsilon: Float
    /// Whether a token sees only itself and those before it.
    var isCausal: Bool
}
