import MekikiCore
import MekikiTensor

/// CLIP's causal text transformer, read at the end of the text.
final class CLIPTextTower: Sendable {
    private let configuration: CLIPConfiguration.Text
    private let tokenEmbedding: EmbeddingTable
    /// Position embeddings, `[maximumLength, width]`.
    private let positions: [Float]
    private let transformer: Transformer
    private let head: CLIPHead

    /// Loads the tower.
    init(
        _ configuration: CLIPConfiguration,
        weights: Weights,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let text = configuration.text
        let width = text.shape.width
        let computation = Computation(element: element)
        self.configuration = text
        tokenEmbedding = try weights.table(
            "text_model.embeddings.token_embedding.weight",
            rows: text.vocabularySize,
            columns: width
        )
        positions = try weights.floats(
            "text_model.embeddings.position_embedding.weight",
            shape: [text.maximumLength, width]
        )
        transformer = try Transformer(
            "text_model.encoder.layers.",
            of: weights,
            shape: text.shape,
            computing: computation,
            by: team
        )
        head = try CLIPHead(
            norm: "text_model.final_layer_norm",
            projection: "text_projection",
            shape: text.shape,
            dimension: configuration.projectionDimension,
            of: weights,
            computing: computation
        )
    }

    /// Encodes tokenized texts.
    ///
    /// A causal tower's result at the end token does not depend on what follows it, so what follows
    /// is not computed: padding costs nothing and short texts are fast.
    ///
    /// - Parameters:
    ///   - texts: The ids of one or more texts, start and end included, padded or not.
    ///   - workspace: Nobody else's during the call.
    ///   - team: The threads that share the work, the calling one their leader.
    /// - Returns: One vector a text.
    /// - Throws: `MekikiError` with code `badData` when the ids do not fit the model.
    func encode(
        _ texts: [[Int32]],
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> [Embedding] {
        let width = configuration.shape.width
        let lengths = try texts.map(length)
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

    /// The number of tokens up to and including the one where the text is read.
    private func length(_ text: [Int32]) throws -> Int {
        guard !text.isEmpty else {
            throw MekikiError(.badData, "A text without tokens has no vector.")
        }
        let end: Int
        switch configuration.endOfText {
        case .largestToken:
            end = text.indices.max { (text[$0], -$0) < (text[$1], -$1) } ?? 0
        case .token(let id):
            // Without an end token transformers reads the first position.
            end = text.firstIndex(of: id) ?? 0
        }
        guard end < configuration.maximumLength else {
            throw MekikiError(
                .badData,
                "A text of \(end + 1) tokens is longer than this model's "
                    + "\(configuration.maximumLength)."
            )
        }
        for id in text[...end] where !(0..<configuration.vocabularySize).contains(Int(id)) {
            throw MekikiError(
                .badData,
                "The tokenizer gave the token \(id), and the model knows "
                    + "\(configuration.vocabularySize). Their files belong to different models: "
                    + "fetch them again."
            )
        }
        return end + 1
    }
}

extension CLIPTextTower {
    /// Two texts of nothing in particular, to see whether the weights tell them apart.
    static func selfTestInputs(_ configuration: CLIPConfiguration.Text) -> [[Int32]] {
        let largest = Int32(configuration.vocabularySize - 1)
        let end: Int32
        switch configuration.endOfText {
        case .largestToken: end = largest
        case .token(let id): end = min(id, largest)
        }
        let length = min(3, configuration.maximumLength)
        let words = [largest / 2, largest / 3, 0].filter { $0 != end }.prefix(2)
        return words.map { [Int32](repeating: $0, count: length - 1) + [end] }
    }
}
