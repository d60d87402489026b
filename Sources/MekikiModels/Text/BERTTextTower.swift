import MekikiCore
import MekikiTensor

/// A text tower of BERT's family with its weights.
final class BERTTextTower: PairedTextTower {
    private let description: BERTTextDescription
    private let tower: BERTTower
    private let projection: [Linear]

    /// Loads the tower.
    init(
        _ description: BERTTextDescription,
        weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        self.description = description
        tower = try BERTTower(
            description.configuration,
            prefix: description.prefix,
            weights: weights,
            pooling: description.pooling,
            computing: element,
            by: team
        )
        let width = description.configuration.width
        // A few rows: float32 costs nothing.
        let computation = Computation(element: .float32)
        switch description.projection {
        case .none: projection = []
        case .linear(let name):
            projection = [
                try weights.linear(
                    [name],
                    inputs: width,
                    outputs: dimension,
                    hasBias: false,
                    computing: computation
                )
            ]
        case .perceptron(let first, let second, let hiddenWidth):
            projection = [
                try weights.linear(
                    [first],
                    inputs: width,
                    outputs: hiddenWidth,
                    hasBias: false,
                    computing: computation,
                    activation: .gelu
                ),
                try weights.linear(
                    [second],
                    inputs: hiddenWidth,
                    outputs: dimension,
                    hasBias: false,
                    computing: computation
                ),
            ]
        }
    }

    func encode(
        _ texts: [[Int32]],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam
    ) throws -> [Embedding] {
        let texts = texts.map(description.unpadded)
        for text in texts { try description.check(length: text.count) }
        var rows = try tower.encode(texts, types: nil, in: workspace, by: team)
        // Two buffers in turns: a layer may not write what it reads.
        var buffers = [workspace.output, workspace.gatedFloats]
        for layer in projection {
            if rows.tensor === buffers[0] { buffers.swapAt(0, 1) }
            buffers[0].reshape(rows: rows.rows, columns: layer.outputs)
            try layer.run(rows, into: buffers[0].all, by: team)
            rows = buffers[0].all
        }
        return try (0..<rows.rows).map { row in
            let values = rows.slice(rows: row..<row + 1, columns: 0..<rows.columns).floats
            return try Embedding(normalizing: Array(values))
        }
    }
}
