import MekikiCore
import MekikiTensor

/// A pre-norm text transformer with its weights, read at one token of each text.
final class TextTransformer: PairedTextTower {
    private let description: TextTransformerDescription
    private let tokenEmbedding: EmbeddingTable
    /// Position embeddings, `[maximumLength, width]`.
    private let positions: [Float]
    private let transformer: Transformer
    private let head: ProjectionHead

    /// Loads the tower.
    init(
        _ description: TextTransformerDescription,
        weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let width = description.shape.width
        let computation = Computation(element: element)
        self.description = description
        tokenEmbedding = try weights.table(
            description.tokens,
            rows: description.vocabularySize,
            columns: width
        )
        positions = try weights.floats(
            description.positions,
            shape: [description.maximumLength, width]
        )
        transformer = try Transformer(
            description.transformer,
            of: weights,
            isPooled: true,
            computing: computation,
            by: team
        )
        head = try ProjectionHead(
            description.head,
            shape: description.shape,
            dimension: dimension,
            of: weights,
            computing: computation
        )
    }

    /// Encodes tokenized texts.
    ///
    /// A causal tower's result at the end token does not depend on what follows it, so what follows
    /// is not computed: padding costs nothing and short texts are fast.
    func encode(
        _ texts: [[Int32]],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> [Embedding] {
        let width = description.shape.width
        let lengths = try texts.map(description.length)
        workspace.residual.reshape(rows: lengths.reduce(0, +), columns: width)
        var sequences: [Range<Int>] = []
        var row = 0
        for (text, length) in zip(texts, lengths) {
            sequences.append(row..<row + length)
            let rows = workspace.residual.rows(row..<row + length).floats
            guard let base = rows.baseAddress else { continue }
            for (position, id) in text.prefix(length).enumerated() {
                tokenEmbedding.copyRow(Int(id), to: base + position * width)
            }
            for index in rows.indices { rows[index] += positions[index] }
            row += length
        }
        try transformer.run(
            sequences,
            pooling: sequences.map { $0.upperBound - 1 },
            in: workspace,
            by: team
        )
        return try head.run(workspace, by: team)
    }
}
