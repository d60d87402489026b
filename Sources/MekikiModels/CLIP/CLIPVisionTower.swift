import CMekikiKernels
import MekikiCore
import MekikiTensor

/// CLIP's vision transformer: patches, a class token, and its projection.
final class CLIPVisionTower: Sendable {
    private let configuration: CLIPConfiguration.Vision
    private let element: ElementType
    private let patchEmbedding: Linear
    /// The class token and position embeddings, `[tokens, width]`: what each picture starts from.
    private let start: [Float]
    private let firstNorm: LayerNorm
    private let transformer: Transformer
    private let head: CLIPHead

    /// Loads the tower.
    init(
        _ configuration: CLIPConfiguration,
        weights: Weights,
        computing element: ElementType,
        by team: ThreadTeam
    ) throws {
        let vision = configuration.vision
        let width = vision.shape.width
        let computation = Computation(element: element)
        self.configuration = vision
        self.element = element
        let embeddings = "vision_model.embeddings."
        let patchShape = [width, 3, vision.patchSize, vision.patchSize]
        patchEmbedding = try Linear(
            weights: try weights.matrix(
                [embeddings + "patch_embedding.weight"],
                shape: patchShape
            ),
            computing: element,
            accumulates: true,
            memory: computation.memory
        )
        let classToken = try weights.floats(embeddings + "class_embedding", shape: [width])
        var start = try weights.floats(
            embeddings + "position_embedding.weight",
            shape: [vision.tokens, width]
        )
        for column in 0..<width { start[column] += classToken[column] }
        self.start = start
        // The misspelling is the checkpoints'.
        firstNorm = try weights.layerNorm(
            "vision_model.pre_layrnorm",
            width: width,
            epsilon: vision.shape.epsilon
        )
        transformer = try Transformer(
            "vision_model.encoder.layers.",
            of: weights,
            shape: vision.shape,
            computing: computation,
            by: team
        )
        head = try CLIPHead(
            norm: "vision_model.post_layernorm",
            projection: "visual_projection",
            shape: vision.shape,
            dimension: configuration.projectionDimension,
            of: weights,
            computing: computation
        )
    }

    /// Encodes preprocessed pictures.
    ///
    /// - Parameters:
    ///   - pictures: Each of shape `[3, imageSize, imageSize]`, one or more.
    ///   - patches: How many of each picture's patches are looked at, from the first; a part of them
    ///     gives other vectors, which are good for a test.
    ///   - workspace: Nobody else's during the call.
    ///   - team: The threads that share the work, the calling one their leader.
    /// - Returns: One vector a picture.
    /// - Throws: `MekikiError` when oneDNN fails or a vector has no direction.
    func encode(
        _ pictures: [[Float]],
        patches: Int = .max,
        in workspace: TransformerWorkspace,
        by team: ThreadTeam = .alone
    ) throws -> [Embedding] {
        let width = configuration.shape.width
        let tokens = 1 + min(patches, configuration.tokens - 1)
        let sequences = pictures.indices.map { $0 * tokens..<($0 + 1) * tokens }
        workspace.residual.reshape(rows: pictures.count * tokens, columns: width)
        workspace.input.reshape(
            rows: pictures.count * tokens,
            columns: configuration.patchElements
        )
        team.forEach(pictures.count) { index, _ in
            let rows = sequences[index]
            _ = workspace.residual.rows(rows).floats.update(
                fromContentsOf: start[..<(tokens * width)]
            )
            unfold(pictures[index], into: workspace.input.rows(rows))
        }
        // Added to the position embeddings that the rows hold already.
        try patchEmbedding.run(workspace.input.all, into: workspace.residual.all, by: team)
        firstNorm.run(workspace.residual.all, into: workspace.residual.all, by: team)
        try transformer.run(
            sequences,
            pooling: sequences.map(\.lowerBound),
            in: workspace,
            by: team
        )
        return try head.run(workspace, by: team)
    }

    /// Lays each patch out as a row `[3, patchSize, patchSize]`, which makes the convolution of the
    /// original a matrix product.
    ///
    /// The class token has a row of zeros before them, so that a batch is one product.
    private func unfold(_ picture: [Float], into rows: TensorSlice) {
        let side = configuration.imageSize
        let patch = configuration.patchSize
        let perSide = configuration.patchesPerSide
        precondition(picture.count == 3 * side * side, "A picture has three planes of its side.")
        picture.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            let rowBytes = rows.columns * element.byteCount
            rows.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes)
            var target = rows.pointer + rowBytes
            let end = rows.pointer + rows.rows * rowBytes
            for patchRow in 0..<perSide {
                for patchColumn in 0..<perSide {
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

extension CLIPVisionTower {
    /// Two pictures of nothing in particular, to see whether the weights tell them apart.
    static func selfTestInputs(_ configuration: CLIPConfiguration.Vision) -> [[Float]] {
        let side = configuration.imageSize
        let half = max(1, configuration.patchSize / 2)
        var ramp: [Float] = []
        var board: [Float] = []
        for channel in 0..<3 {
            for row in 0..<side {
                for column in 0..<side {
                    ramp.append(Float(column + channel * row) / Float(side) - 1)
                    board.append((row / half + column / half).isMultiple(of: 2) ? 1.5 : -1.5)
                }
            }
        }
        return [ramp, board]
    }
}
