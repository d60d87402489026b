import MekikiCore

/// A model of texts whose files were found and understood; its weights load when they are first used.
public struct LoadedTextModel: Sendable {
    /// What makes vectors of texts.
    public let encoder: any TextEncoder

    /// What a person would want to know of it.
    public let summary: TextModelSummary

    /// Splits a text into the ids that the model gets for a use, prompt, start and end included.
    public let tokenize: @Sendable (String, TextUse) throws -> [Int32]

    /// Puts a model together.
    ///
    /// - Parameters:
    ///   - encoder: What makes vectors of texts.
    ///   - summary: What a person would want to know of it.
    ///   - tokenize: Splits a text into ids.
    package init(
        encoder: any TextEncoder,
        summary: TextModelSummary,
        tokenize: @escaping @Sendable (String, TextUse) throws -> [Int32]
    ) {
        self.encoder = encoder
        self.summary = summary
        self.tokenize = tokenize
    }
}
