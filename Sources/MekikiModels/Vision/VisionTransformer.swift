import CMekikiKernels
import MekikiCore
import MekikiTensor

/// A vision transformer with its weights: patches become tokens, and tokens one vector.
final class VisionTransformer: VisionTower {
    private let grid: PatchGrid
    private let width: Int
    private let element: ElementType
    private let patchEmbedding: Linear
    /// What each picture starts from, `[tokens, width]`: position embeddings, the class token, and
    /// the bias of the patches.
    private let start: [Float]
    private let firstNorm: LayerNorm?
    private let transformer: Transformer
    private let reading: Reading

    private enum Reading: Sendable {
        case classToken(ProjectionHead)
        case attentionPooling(norm: LayerNorm, AttentionPooling)
    }

    /// Loads the tower.
    init(
        _ description: VisionTransformerDescription,
        weights: Weights,
        dimension: Int,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let shape = description.shape
        let computation = Computation(element: element)
        grid = description.grid
        width = shape.width
        self.element = element
        patchEmbedding = try Linear(
            weights: try weights.matrix(
                [description.patchEmbedding + ".weight"],
                shape: [width, 3, grid.patchSize, grid.patchSize]
            ),
            computing: element,
            accumulates: true,
            memory: computation.memory
        )
        start = try Self.start(description, weights)
        firstNorm = try description.firstNorm.map {
            try weights.layerNorm($0, width: shape.width, epsilon: shape.epsilon)
        }
        switch description.reading {
        case .classToken(let names):
            transformer = try Transformer(
                description.transformer,
                of: weights,
                isPooled: true,
                computing: computation,
                by: team
            )
            reading = .classToken(
                try ProjectionHead(
                    names,
                    shape: shape,
                    dimension: dimension,
                    of: weights,
                    computing: computation
                )
            )
        case .attentionPooling(let norm, let names):
            transformer = try Transformer(
                description.transformer,
                of: weights,
                isPooled: false,
                computing: computation,
                by: team
            )
            reading = .attentionPooling(
                norm: try weights.layerNorm(norm, width: width, epsilon: shape.epsilon),
                try AttentionPooling(
                    names,
                    shape: shape,
                    of: weights,
                    computing: computation
                )
            )
        }
    }

    private static func start(
        _ description: VisionTransformerDescription,
        _ weights: Weights
    ) throws -> [Float] {
        let width = description.shape.width
        let grid = description.grid
        var start = try weights.floats(
            description.positions,
            unbatched: [grid.tokens, width]
        )
        if let name = description.classToken {
            let token = try weights.floats(name, unbatched: [width])
            for column in 0..<width { start[column] += token[column] }
        }
        if description.hasPatchBias {
            let bias = try weights.floats(description.patchEmbedding + ".bias", shape: [width])
            for index in grid.leadingTokens * width..<start.count {
                start[index] += bias[index % width]
            }
        }
        return start
    }

    func encode(
        _ pictures: [[Float]],
        patches: Int = .max,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> [Embedding] {
        let tokens = grid.leadingTokens + min(patches, grid.patches)
        let sequences = pictures.indices.map { $0 * tokens..<($0 + 1) * tokens }
        workspace.residual.reshape(rows: pictures.count * tokens, columns: width)
        workspace.input.reshape(rows: pictures.count * tokens, columns: grid.patchElements)
        team.forEach(pictures.count) { index, _ in
            let rows = sequences[index]
            _ = workspace.residual.rows(rows).floats.update(
                fromContentsOf: start[..<(tokens * width)]
            )
            unfold(pictures[index], into: workspace.input.rows(rows))
        }
        // Added to the position embeddings that the rows hold already.
        try patchEmbedding.run(workspace.input.all, into: workspace.residual.all, by: team)
        firstNorm?.run(workspace.residual.all, into: workspace.residual.all, by: team)
        try transformer.run(
            sequences,
            pooling: sequences.map(\.lowerBound),
            in: workspace,
            by: team
        )
        switch reading {
        case .classToken(let head): return try head.run(workspace, by: team)
        case .attentionPooling(let norm, let pooling):
            workspace.normalized.reshape(
                rows: workspace.residual.rows,
                columns: width,
                isSpaced: true
            )
            norm.run(workspace.residual.all, into: workspace.normalized.all, by: team)
            try pooling.run(sequences, in: workspace, by: team)
            return try ProjectionHead.embeddings(workspace.pooled)
        }
    }

    /// Lays each patch out as a row `[3, patchSize, patchSize]`, which makes the convolution of the
    /// original a matrix product.
    ///
    /// A class token has a row of zeros before them, so that a batch is one product.
    private func unfold(_ picture: [Float], into rows: TensorSlice) {
        let side = grid.imageSize
        let patch = grid.patchSize
        precondition(picture.count == 3 * side * side, "A picture has three planes of its side.")
        picture.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            let rowBytes = rows.columns * element.byteCount
            let leading = grid.leadingTokens * rowBytes
            rows.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: leading)
            var target = rows.pointer + leading
            let end = rows.pointer + rows.rows * rowBytes
            for patchRow in 0..<grid.patchesPerSide {
                for patchColumn in 0..<grid.patchesPerSide {
                    if target == end { return }
                    for line in 0..<3 * patch {
                        let (channel, row) = line.quotientAndRemainder(dividingBy: patch)
                        let from =
                            base + (channel * side + patchRow * patch + row) * side
                            + patchColumn * patch
                        switch element {
                        case .float32: target.copyMemory(from: from, byteCount: patch * 4)
                        case .bfloat16:
                            mekiki_convert_f32_bf16(
                                from,
                                target.assumingMemoryBound(to: UInt16.self),
                                Int64(patch)
                            )
                        }
                        target += patch * element.byteCount
                    }
                }
            }
        }
    }
}
