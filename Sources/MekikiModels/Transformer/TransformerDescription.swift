import MekikiTensor

/// A transformer as its checkpoint holds it: sizes, names, and what its layers do beyond the usual.
struct TransformerDescription: Sendable {
    /// The sizes.
    var shape: TransformerShape
    /// What the layers' tensor names begin with, before their number.
    var prefix: String
    /// The names of each layer's tensors.
    var names: LayerNames
    /// What turns queries and keys by their position.
    var rotary: RotaryEmbedding?
}
