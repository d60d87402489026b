/// The names of an attention pooling's tensors.
struct AttentionPoolingNames: Sendable, Equatable {
    /// The learned query.
    var probe: String
    /// What the other names begin with.
    var prefix: String
    /// The names after the prefix; the norm of the attention is not used.
    var names: LayerNames
    /// The hidden width, where it is not the transformer's.
    var hiddenWidth: Int
}
