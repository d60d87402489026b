/// How a family of checkpoints names the tensors of a transformer layer, after the layer's prefix.
struct LayerNames: Sendable, Equatable {
    /// Where queries, keys and values come from.
    enum Projections: Sendable, Equatable {
        /// Three linear layers.
        case apart(query: String, key: String, value: String)
        /// One matrix, queries' rows first, and one vector: `name` followed by `weight` and `bias`.
        case stacked(String)
    }

    /// The norm before the attention.
    var attentionNorm: String
    /// Queries, keys and values.
    var projections: Projections
    /// Whether some of the projections may lack a bias.
    var projectionsMayLackBias = false
    /// The norm over all heads' results, before their projection.
    var contextNorm: String?
    /// The projection of the heads' results.
    var attentionOutput: String
    /// The norm before the feed-forward half.
    var feedForwardNorm: String
    /// The linear layer that gates what `widen` gives.
    var gate: String?
    /// The linear layer into the hidden width.
    var widen: String
    /// The norm over the hidden width.
    var hiddenNorm: String?
    /// The linear layer back.
    var narrow: String

    /// transformers' CLIP and SigLIP.
    static let clip = LayerNames(
        attentionNorm: "layer_norm1",
        projections: .apart(
            query: "self_attn.q_proj",
            key: "self_attn.k_proj",
            value: "self_attn.v_proj"
        ),
        attentionOutput: "self_attn.out_proj",
        feedForwardNorm: "layer_norm2",
        widen: "mlp.fc1",
        narrow: "mlp.fc2"
    )

    /// OpenAI's own code and open_clip, both of which use PyTorch's multi-head attention.
    static let openCLIP = LayerNames(
        attentionNorm: "ln_1",
        projections: .stacked("attn.in_proj_"),
        attentionOutput: "attn.out_proj",
        feedForwardNorm: "ln_2",
        widen: "mlp.c_fc",
        narrow: "mlp.c_proj"
    )

    /// transformers' ViT.
    static let vit = LayerNames(
        attentionNorm: "layernorm_before",
        projections: .apart(
            query: "attention.attention.query",
            key: "attention.attention.key",
            value: "attention.attention.value"
        ),
        attentionOutput: "attention.output.dense",
        feedForwardNorm: "layernorm_after",
        widen: "intermediate.dense",
        narrow: "output.dense"
    )

    /// timm's EVA02.
    static let eva02 = LayerNames(
        attentionNorm: "norm1",
        projections: .apart(query: "attn.q_proj", key: "attn.k_proj", value: "attn.v_proj"),
        projectionsMayLackBias: true,
        contextNorm: "attn.norm",
        attentionOutput: "attn.proj",
        feedForwardNorm: "norm2",
        gate: "mlp.fc1_g",
        widen: "mlp.fc1_x",
        hiddenNorm: "mlp.norm",
        narrow: "mlp.fc2"
    )
}
