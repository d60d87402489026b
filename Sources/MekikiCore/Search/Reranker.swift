/// The role that says how well texts answer a query, by reading each together with it.
///
/// It is slower than comparing vectors and sees more: a reranker orders the best hits anew.
public protocol Reranker: Sendable {
    /// What the scores are.
    var scale: RelevanceScale { get }

    /// Scores texts, in the order given.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows; longer ones are cut.
    ///   - query: What was asked for.
    /// - Returns: One finite score a text, the higher the better the text answers; scores of one
    ///   query can be compared, whichever call they came from.
    /// - Throws: `MekikiError` when the model can't be loaded.
    func scores(of texts: [String], for query: String) async throws -> [Float]
}
