import MekikiCore
import MekikiTensor
import Synchronization

/// ModernBERT's encoder, from token ids to one row a text.
///
/// Texts of a batch lie one after the other without padding, so none is ever computed.
final class ModernBERTTower: TextTower {
    let width: Int
    let longestText: Int

    private let configuration: ModernBERTConfiguration
    private let words: EmbeddingTable
    private let firstNorm: LayerNorm
    private let layers: [ModernBERTLayer]
    /// The last layer where only first tokens are read.
    private let last: ModernBERTPoolingLayer?
    private let finalNorm: LayerNorm

    /// Loads the tower.
    ///
    /// - Parameters:
    ///   - configuration: The sizes.
    ///   - prefix: What all tensor names begin with: `model.` or nothing.
    ///   - weights: The checkpoint.
    ///   - pooling: How texts become rows.
    ///   - longestText: The longest text that will come, in tokens: rotations are made so far.
    ///   - element: What matrix products take.
    ///   - team: The threads that share the loading.
    /// - Throws: `MekikiError` with code `badData` when a tensor is missing or differs in shape.
    init(
        _ configuration: ModernBERTConfiguration,
        prefix: String,
        weights: Weights,
        pooling: ModernBERTPooling,
        longestText: Int? = nil,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let computation = Computation(element: element)
        let width = configuration.width
        let longest = min(longestText ?? configuration.longestText, configuration.longestText)
        self.configuration = configuration
        self.width = width
        self.longestText = longest
        words = try weights.table(
            prefix + "embeddings.tok_embeddings.weight",
            rows: configuration.vocabularySize,
            columns: width
        )
        func norm(_ name: String) throws -> LayerNorm {
            try weights.layerNorm(
                prefix + name,
                width: width,
                epsilon: configuration.epsilon,
                hasBias: configuration.normsHaveBias
            )
        }
        firstNorm = try norm("embeddings.norm")
        finalNorm = try norm("final_norm")
        func rotary(_ theta: Double) -> RotaryEmbedding {
            let headWidth = width / configuration.heads
            return RotaryEmbedding(
                angles: RotaryEmbedding.angles(
                    positions: longest,
                    headWidth: headWidth,
                    theta: theta
                ),
                headWidth: headWidth,
                pairing: .halves
            )
        }
        let rotations = [rotary(configuration.globalTheta), rotary(configuration.localTheta)]
        let count = configuration.layers.count
        let loaded = Mutex<(layers: [Int: ModernBERTLayer], last: ModernBERTPoolingLayer?)>(
            ([:], nil)
        )
        try team.tryForEach(count) { index, _ in
            let name = "\(prefix)layers.\(index)."
            let rotary = rotations[configuration.layers[index] == .global ? 0 : 1]
            if pooling == .first, index == count - 1 {
                let layer = try ModernBERTPoolingLayer(
                    index,
                    name,
                    of: weights,
                    configuration,
                    rotary: rotary,
                    computing: computation
                )
                loaded.withLock { $0.last = layer }
            } else {
                let layer = try ModernBERTLayer(
                    index,
                    name,
                    of: weights,
                    configuration,
                    rotary: rotary,
                    computing: computation
                )
                loaded.withLock { $0.layers[index] = layer }
            }
        }
        (layers, last) = loaded.withLock { loaded in
            (loaded.layers.sorted { $0.key < $1.key }.map(\.value), loaded.last)
        }
    }

    /// What the tensor names of a checkpoint's encoder begin with.
    ///
    /// - Parameter weights: The checkpoint.
    /// - Returns: The prefix.
    /// - Throws: `MekikiError` with code `badData` when there is no such encoder in it.
    static func prefix(in weights: Weights) throws -> String {
        try weights.prefix(of: "embeddings.tok_embeddings.weight", among: ["", "model."])
    }

    func encode(
        _ texts: [[Int32]],
        types: [[Int32]]? = nil,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> TensorSlice {
        try TextSequences.check(
            texts,
            longest: longestText,
            vocabularySize: configuration.vocabularySize
        )
        let sequences = TextSequences.ranges(of: texts)
        workspace.residual.reshape(rows: sequences.last?.upperBound ?? 0, columns: width)
        workspace.normalized.reshape(
            rows: workspace.residual.rows,
            columns: width,
            isSpaced: true
        )
        team.forEach(texts.count) { index, _ in
            let rows = workspace.residual.rows(sequences[index]).floats
            guard let base = rows.baseAddress else { return }
            for (position, id) in texts[index].enumerated() {
                words.copyRow(Int(id), to: base + position * width)
            }
        }
        firstNorm.run(
            inPlace: workspace.residual.all,
            copying: workspace.normalized.all,
            by: team
        )
        for layer in layers { try layer.run(sequences, in: workspace, by: team) }
        if let last {
            try last.run(sequences, in: workspace, by: team)
            finalNorm.run(workspace.pooled.all, into: workspace.pooled.all, by: team)
        } else {
            finalNorm.run(workspace.residual.all, into: workspace.residual.all, by: team)
            workspace.takeMeans(of: sequences)
        }
        return workspace.pooled.all
    }
}

extension ModernBERTTower {
    /// Two texts of nothing in particular, to see whether the weights tell them apart.
    static func selfTestInputs(_ configuration: ModernBERTConfiguration) -> [[Int32]] {
        TextSequences.selfTestInputs(
            vocabularySize: configuration.vocabularySize,
            longest: configuration.longestText
        )
    }
}
