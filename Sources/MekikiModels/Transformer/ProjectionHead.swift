import MekikiCore
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

/// The end of a tower: layer norm, projection into the shared space, unit length.
struct ProjectionHead: Sendable {
    private let norm: LayerNorm?
    private let projection: Linear?

    init(
        _ names: ProjectionNames,
        shape: TransformerShape,
        dimension: Int,
        of weights: Weights,
        computing computation: Computation
    ) throws {
        norm = try names.norm.map {
            try weights.layerNorm($0, width: shape.width, epsilon: shape.epsilon)
        }
        switch names.projection {
        case .none: projection = nil
        case .linear(let name, let hasBias):
            projection = try weights.linear(
                [name],
                inputs: shape.width,
                outputs: dimension,
                hasBias: hasBias,
                computing: computation
            )
        case .matrix(let name):
            projection = try weights.transposedLinear(
                name,
                inputs: shape.width,
                outputs: dimension,
                computing: computation
            )
        }
    }

    /// Turns the workspace's pooled rows, `[sequences, width]`, into vectors.
    func run(_ workspace: TransformerWorkspace, by team: ThreadTeam) throws -> [Embedding] {
        let pooled = workspace.pooled
        guard let projection else {
            norm?.run(pooled.all, into: pooled.all, by: team)
            return try Self.embeddings(pooled)
        }
        workspace.pooledNormalized.reshape(rows: pooled.rows, columns: pooled.columns)
        workspace.output.reshape(rows: pooled.rows, columns: projection.outputs)
        if let norm {
            norm.run(pooled.all, into: workspace.pooledNormalized.all, by: team)
        } else {
            workspace.pooledNormalized.convert(pooled)
        }
        try projection.run(workspace.pooledNormalized.all, into: workspace.output.all, by: team)
        return try Self.embeddings(workspace.output)
    }

    /// The rows of a tensor at unit length.
    static func embeddings(_ rows: Tensor) throws -> [Embedding] {
        try (0..<rows.rows).map { row in
            try Embedding(normalizing: Array(rows.rows(row..<row + 1).floats))
        }
    }
}

extension Weights {
    /// The extents of a tensor.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - count: How many extents it must have.
    /// - Returns: The extents, each 1 or more.
    /// - Throws: `MekikiError` with code `badData` when the tensor is missing or has another number.
    func extents(_ name: String, count: Int) throws -> [Int] {
        guard let shape = entry(named: name)?.shape else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' is missing from the weights. The folder holds another kind "
                    + "of model than its configuration says, or an incomplete one.",
                subject: folder.path
            )
        }
        guard shape.count == count, shape.allSatisfy({ (1...10_000_000).contains($0) }) else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' has the shape \(shape), and \(count) extents are needed. "
                    + "Fetch the model again.",
                subject: folder.path
            )
        }
        return shape
    }

    /// A linear layer whose matrix is stored with a row for each input.
    fileprivate func transposedLinear(
        _ name: String,
        inputs: Int,
        outputs: Int,
        computing computation: Computation
    ) throws -> Linear {
        let stored = try floats(name, shape: [inputs, outputs])
        var matrix = [Float](repeating: 0, count: stored.count)
        for input in 0..<inputs {
            for output in 0..<outputs {
                matrix[output * inputs + input] = stored[input * outputs + output]
            }
        }
        return try matrix.withUnsafeBufferPointer {
            try Linear(
                weights: WeightMatrix($0, columns: inputs),
                computing: computation.element,
                memory: computation.memory
            )
        }
    }
}
