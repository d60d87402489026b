import MekikiCore

/// A reranker whose files were found and understood; its weights load when they are first used.
public struct LoadedReranker: Sendable {
    /// What scores texts.
    public let reranker: any Reranker

    /// What a person would want to know of it.
    public let summary: TextModelSummary

    /// Puts a query and a text together: the ids that the model gets, and the type of each.
    public let tokenize: @Sendable (String, String) throws -> (ids: [Int32], types: [Int32])

    /// Puts a model together.
    ///
    /// - Parameters:
    ///   - reranker: What scores texts.
    ///   - summary: What a person would want to know of it.
    ///   - tokenize: Puts a query and a text together.
    package init(
        reranker: any Reranker,
        summary: TextModelSummary,
        tokenize: @escaping @Sendable (String, String) throws -> (ids: [Int32], types: [Int32])
    ) {
        self.reranker = reranker
        self.summary = summary
        self.tokenize = tokenize
    }
}
