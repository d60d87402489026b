import MekikiCore
import MekikiTensor

/// The end of either tower: layer norm, projection into the shared space, unit length.
struct CLIPHead: Sendable {
    private let norm: LayerNorm
    private let projection: Linear

    init(
        norm normName: String,
        projection projectionName: String,
        shape: TransformerShape,
        dimension: Int,
        of weights: Weights,
        computing computation: Computation
    ) throws {
        norm = try weights.layerNorm(normName, width: shape.width, epsilon: shape.epsilon)
        projection = try weights.linear(
            [projectionName],
            inputs: shape.width,
            outputs: dimension,
            hasBias: false,
            computing: computation
        )
    }

    /// Turns the workspace's pooled rows, `[sequences, width]`, into vectors.
    func run(_ workspace: TransformerWorkspace, by team: ThreadTeam) throws -> [Embedding] {
        let pooled = workspace.pooled
        workspace.pooledNormalized.reshape(rows: pooled.rows, columns: pooled.columns)
        workspace.output.reshape(rows: pooled.rows, columns: projection.outputs)
        norm.run(pooled.all, into: workspace.pooledNormalized.all, by: team)
        try projection.run(workspace.pooledNormalized.all, into: workspace.output.all, by: team)
        return try (0..<pooled.rows).map { row in
            try Embedding(normalizing: Array(workspace.output.rows(row..<row + 1).floats))
        }
    }
}
