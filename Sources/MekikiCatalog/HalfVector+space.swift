import MekikiCore
import MekikiVectors

extension HalfVector {
    /// Rounds an embedding that claims to live in a space.
    ///
    /// - Parameters:
    ///   - embedding: The vector.
    ///   - space: The space.
    /// - Throws: `MekikiError` with code `badData` when the dimension is another one, or a component
    ///   is not finite.
    init(_ embedding: Embedding, in space: VectorSpace) throws {
        try space.check(embedding)
        self.init(embedding)
        guard isFinite else {
            throw MekikiError(
                .badData,
                "A vector has a component beyond the range of half precision.",
                subject: space.model
            )
        }
    }
}

extension VectorSpace {
    /// Throws unless a vector can be compared with those of this space.
    func check(_ embedding: Embedding) throws {
        guard embedding.values.allSatisfy(\.isFinite) else {
            throw MekikiError(
                .badData,
                "A vector has a component that is no finite number.",
                subject: model
            )
        }
        guard embedding.dimension == dimension, dimension > 0 else {
            throw MekikiError(
                .badData,
                """
                A vector has \(embedding.dimension) components where its space has \(dimension). \
                It comes from another model.
                """,
                subject: model
            )
        }
    }
}
