/// The role that turns words into vectors.
public protocol TextEncoder: Sendable {
    /// The space that the vectors live in.
    var space: VectorSpace { get }

    /// Encodes texts, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows; longer ones are cut.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded.
    func encode(_ texts: [String]) async throws -> [Embedding]
}
