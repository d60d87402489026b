/// How a text's tokens become one row.
enum ModernBERTPooling: Sendable, Equatable {
    /// The first token's row; nothing else of the last layer is computed.
    case first
    /// The mean of all tokens' rows.
    case mean
}
