/// The role that turns words into vectors.
public protocol TextEncoder: Sendable {
    /// The space that the vectors live in.
    var space: VectorSpace { get }

    /// The longest text that is read whole, in tokens.
    var maximumLength: Int { get }

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
    /// What the models of images and texts take that were trained first, 77 tokens: longer ones only have
    /// texts divided more often than they need.
    public var maximumLength: Int { 77 }

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
