/// How a text's tokens become one row.
enum BERTPooling: Sendable, Equatable {
    /// The first token's row; nothing else of the last layer is computed.
    case first
    /// The mean of all tokens' rows.
    case mean
    /// The first token's row through BERT's own pooler, a linear layer and tanh.
    case pooler
}
