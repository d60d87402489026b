import MekikiCore
import MekikiTensor

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
