import MekikiCore
import MekikiTensor
import Synchronization

/// BERT's encoder, from token ids to one row a text.
///
/// Texts of a batch lie one after the other without padding, so none is ever computed.
final class BERTTower: TextTower {
    let width: Int
    let longestText: Int

    private let configuration: BERTConfiguration
    private let pooling: BERTPooling
    private let words: EmbeddingTable
    private let positions: EmbeddingTable
    /// `[tokenTypes, width]`.
    private let types: [Float]
    private let norm: LayerNorm
    private let layers: [BERTLayer]
    /// The last layer where only first tokens are read.
    private let last: BERTPoolingLayer?
    private let pooler: Linear?

    /// Loads the tower.
    ///
    /// - Parameters:
    ///   - configuration: The sizes.
    ///   - prefix: What all tensor names begin with, such as `bert.` or nothing.
    ///   - weights: The checkpoint.
    ///   - pooling: How texts become rows.
    ///   - element: What matrix products take.
    ///   - team: The threads that share the loading.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ configuration: BERTConfiguration,
        prefix: String,
        weights: Weights,
        pooling: BERTPooling,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let width = configuration.width
        let computation = Computation(element: element)
        self.configuration = configuration
        self.width = width
        self.pooling = pooling
        longestText = configuration.longestText
        let embeddings = prefix + "embeddings."
        words = try weights.table(
            embeddings + "word_embeddings.weight",
            rows: configuration.vocabularySize,
            columns: width
        )
        positions = try weights.table(
            embeddings + "position_embeddings.weight",
            rows: configuration.maximumPositions,
            columns: width
        )
        types =
            configuration.tokenTypes == 0
            ? []
            : try weights.floats(
                embeddings + "token_type_embeddings.weight",
                shape: [configuration.tokenTypes, width]
            )
        norm = try weights.layerNorm(
            embeddings + "LayerNorm",
            width: width,
            epsilon: configuration.epsilon
        )
        let name = prefix + "encoder.layer."
        let poolsLast = pooling != .mean
        let loaded = Mutex<(layers: [Int: BERTLayer], last: BERTPoolingLayer?)>(([:], nil))
        try team.tryForEach(configuration.layers) { index, _ in
            if poolsLast, index == configuration.layers - 1 {
                let layer = try BERTPoolingLayer(
                    "\(name)\(index).",
                    of: weights,
                    configuration,
                    computing: computation
                )
                loaded.withLock { $0.last = layer }
            } else {
                let layer = try BERTLayer(
                    "\(name)\(index).",
                    of: weights,
                    configuration,
                    computing: computation
                )
                loaded.withLock { $0.layers[index] = layer }
            }
        }
        (layers, last) = loaded.withLock { loaded in
            (loaded.layers.sorted { $0.key < $1.key }.map(\.value), loaded.last)
        }
        // A few rows: float32 costs nothing.
        pooler =
            pooling == .pooler
            ? try weights.linear(
                [prefix + "pooler.dense"],
                inputs: width,
                outputs: width,
                computing: Computation(element: .float32)
            ) : nil
    }

    /// What the tensor names of a checkpoint's encoder begin with.
    ///
    /// - Parameter weights: The checkpoint.
    /// - Returns: The prefix.
    /// - Throws: `MekikiError` with code `badData` when there is no such encoder in it.
    static func prefix(in weights: Weights) throws -> String {
        try weights.prefix(
            of: "embeddings.word_embeddings.weight",
            among: ["", "bert.", "roberta.", "luke.", "model."]
        )
    }

    func encode(
        _ texts: [[Int32]],
        types: [[Int32]]? = nil,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> TensorSlice {
        try check(texts, types)
        let sequences = TextSequences.ranges(of: texts)
        workspace.residual.reshape(rows: sequences.last?.upperBound ?? 0, columns: width)
        workspace.normalized.reshape(
            rows: workspace.residual.rows,
            columns: width,
            isSpaced: true
        )
        team.forEach(texts.count) { index, _ in
            embed(
                texts[index],
                types: types?[index],
                into: workspace.residual.rows(sequences[index])
            )
        }
        norm.run(inPlace: workspace.residual.all, copying: workspace.normalized.all, by: team)
        for layer in layers { try layer.run(sequences, in: workspace, by: team) }
        if let last {
            try last.run(sequences, in: workspace, by: team)
        } else {
            workspace.takeMeans(of: sequences)
        }
        guard let pooler else { return workspace.pooled.all }
        workspace.output.reshape(rows: texts.count, columns: width)
        try pooler.run(workspace.pooled.all, into: workspace.output.all, by: team)
        workspace.output.all.floats.applyTanh()
        return workspace.output.all
    }

    /// Writes the sum of a text's embeddings.
    private func embed(_ text: [Int32], types: [Int32]?, into rows: TensorSlice) {
        guard let base = rows.floats.baseAddress else { return }
        var position = configuration.positionOffset
        withUnsafeTemporaryAllocation(of: Float.self, capacity: width) { addend in
            guard let row = addend.baseAddress else { return }
            for (index, id) in text.enumerated() {
                let sum = base + index * width
                words.copyRow(Int(id), to: sum)
                let isPadding = configuration.positionOffset > 0 && id == configuration.padding
                positions.copyRow(isPadding ? Int(id) : position, to: row)
                if !isPadding { position += 1 }
                for column in 0..<width { sum[column] += row[column] }
                guard !self.types.isEmpty else { continue }
                let type = Int(types?[index] ?? 0) * width
                for column in 0..<width { sum[column] += self.types[type + column] }
            }
        }
    }

    private func check(_ texts: [[Int32]], _ types: [[Int32]]?) throws {
        try TextSequences.check(
            texts,
            longest: longestText,
            vocabularySize: configuration.vocabularySize
        )
        guard let types, !self.types.isEmpty else { return }
        precondition(
            types.map(\.count) == texts.map(\.count),
            "Every token has a type where any has."
        )
        let known = 0..<Int32(configuration.tokenTypes)
        for type in types.joined() where !known.contains(type) {
            throw MekikiError(
                .badData,
                "The tokenizer gave the token type \(type), and the model knows "
                    + "\(configuration.tokenTypes). Their files belong to different models: fetch "
                    + "them again."
            )
        }
    }
}

extension BERTTower {
    /// Two texts of nothing in particular, to see whether the weights tell them apart.
    static func selfTestInputs(_ configuration: BERTConfiguration) -> [[Int32]] {
        TextSequences.selfTestInputs(
            vocabularySize: configuration.vocabularySize,
            longest: configuration.longestText
        )
    }
}
