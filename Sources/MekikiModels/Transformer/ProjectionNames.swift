import MekikiTensor

/// How a tower's pooled tokens become vectors.
struct ProjectionNames: Sendable, Equatable {
    /// The projection into the shared space.
    enum Projection: Sendable, Equatable {
        /// There is none: the space is the tower's own.
        case none
        /// A linear layer, `name.weight` of shape `[dimension, width]`.
        case linear(String, hasBias: Bool)
        /// A matrix that is multiplied from the right, shape `[width, dimension]`.
        case matrix(String)
    }

    /// The norm before it.
    var norm: String?
    /// The projection itself.
    var projection: Projection

    /// The components of the vectors, as the checkpoint's shapes say.
    ///
    /// - Parameters:
    ///   - weights: The checkpoint.
    ///   - width: The tower's width.
    /// - Returns: The dimension.
    /// - Throws: `MekikiError` with code `badData` when the projection is missing.
    func dimension(of weights: Weights, width: Int) throws -> Int {
        switch projection {
        case .none: return width
        case .linear(let name, _): return try weights.extents(name + ".weight", count: 2)[0]
        case .matrix(let name): return try weights.extents(name, count: 2)[1]
        }
    }
}
