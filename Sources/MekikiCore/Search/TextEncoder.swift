/// The role that turns words into vectors.
public protocol TextEncoder: Sendable {
    /// The space that the vectors live in.
    var space: VectorSpace { get }

    /// Encodes queries, in the order given.
    ///
    /// - Parameter texts: Texts in any language the model knows; longer ones are cut.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded.
    func encode(_ texts: [String]) async throws -> [Embedding]

    /// Encodes texts, in the order given, as what they are used for.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows; longer ones are cut.
    ///   - use: Whether they are queries or documents.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded.
    func encode(_ texts: [String], as use: TextUse) async throws -> [Embedding]
}

extension TextEncoder {
    /// Encodes texts the same way for either use, as models of images and texts do.
    ///
    /// - Parameters:
    ///   - texts: Texts in any language the model knows; longer ones are cut.
    ///   - use: Makes no difference.
    /// - Returns: One unit vector a text.
    /// - Throws: `MekikiError` when the model can't be loaded.
    public func encode(_ texts: [String], as use: TextUse) async throws -> [Embedding] {
        try await encode(texts)
    }
}
