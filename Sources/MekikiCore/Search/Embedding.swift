/// A vector of unit length that stands for a picture or a text.
///
/// The inner product of two embeddings of the same space is their cosine similarity.
public struct Embedding: Sendable, Equatable {
    /// The components, shape `[dimension]`, of unit Euclidean length.
    public let values: [Float]

    /// Wraps a vector that already has unit length.
    ///
    /// - Parameter values: The components.
    public init(unit values: [Float]) {
        self.values = values
    }

    /// Scales a vector to unit length.
    ///
    /// - Parameter values: The components in any length.
    /// - Throws: `MekikiError` with code `badData` when a component is not finite or all are zero.
    public init(normalizing values: [Float]) throws {
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length.isFinite, length > 0 else {
            throw MekikiError(.badData, "A model gave a vector without a direction.")
        }
        self.values = values.map { Float(Double($0) / length) }
    }

    /// The number of components.
    public var dimension: Int { values.count }
}
