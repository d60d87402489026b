import MekikiCore
import MekikiTensor

/// Finds out from tensor names which kind a vision tower is, and from shapes how large.
struct VisionDetection {
    /// A tower that was found.
    struct Found {
        var description: VisionTransformerDescription
        /// What the names of its tensors begin with.
        var names: [String]
        /// The projection behind it, `name` or `name.weight`.
        var projection: String
    }

    let weights: Weights
    let configuration: ConfigurationSection

    /// Describes the tower.
    ///
    /// - Returns: The tower; `nil` when no known name is there.
    /// - Throws: `MekikiError` with code `badData` when shapes make no tower.
    func describe() throws -> Found? {
        if let prefix = weights.prefix(before: "embeddings.patch_embeddings.projection.weight") {
            return try vit(prefix)
        }
        if let prefix = weights.prefix(before: "embeddings.patch_embedding.weight") {
            return weights.entry(named: prefix + "head.probe") == nil
                ? try clip(prefix) : try siglip(prefix)
        }
        if let prefix = weights.prefix(before: "conv1.weight"),
            weights.entry(named: prefix + "class_embedding") != nil
        {
            return try openCLIP(prefix)
        }
        return nil
    }

    // MARK: Kinds

    /// transformers' ViTModel.
    private func vit(_ prefix: String) throws -> Found? {
        guard let projection = linear() else { return nil }
        let embeddings = prefix + "embeddings."
        let layers = prefix + "encoder.layer."
        let grid = try grid(
            embeddings + "patch_embeddings.projection.weight",
            positions: embeddings + "position_embeddings"
        )
        return Found(
            description: VisionTransformerDescription(
                grid: grid,
                transformer: TransformerDescription(
                    shape: try shape(
                        embeddings + "patch_embeddings.projection.weight",
                        layers,
                        "intermediate.dense.weight",
                        epsilon: 1e-12
                    ),
                    prefix: layers,
                    names: .vit
                ),
                patchEmbedding: embeddings + "patch_embeddings.projection",
                hasPatchBias: true,
                classToken: embeddings + "cls_token",
                positions: embeddings + "position_embeddings",
                reading: .classToken(
                    ProjectionNames(
                        norm: prefix + "layernorm",
                        projection: .linear(projection, hasBias: false)
                    )
                )
            ),
            names: ["embeddings.", "encoder.", "layernorm."].map { prefix + $0 },
            projection: projection
        )
    }

    /// transformers' CLIPVisionModel.
    private func clip(_ prefix: String) throws -> Found? {
        guard let projection = linear() else { return nil }
        let convolution = prefix + "embeddings.patch_embedding.weight"
        let grid = try grid(
            convolution,
            positions: prefix + "embeddings.position_embedding.weight"
        )
        let shape = try shape(
            convolution,
            prefix + "encoder.layers.",
            "mlp.fc1.weight",
            epsilon: 1e-5
        )
        return Found(
            description: CLIPModel.vision(
                CLIPConfiguration.Vision(
                    shape: shape,
                    imageSize: grid.imageSize,
                    patchSize: grid.patchSize
                ),
                prefix: prefix,
                projection: projection
            ),
            names: ["embeddings.", "encoder.", "pre_layrnorm.", "post_layernorm."].map {
                prefix + $0
            },
            projection: projection
        )
    }

    /// transformers' SiglipVisionModel.
    private func siglip(_ prefix: String) throws -> Found? {
        let convolution = prefix + "embeddings.patch_embedding.weight"
        let grid = try grid(
            convolution,
            positions: prefix + "embeddings.position_embedding.weight",
            hasClassToken: false
        )
        var shape = try shape(
            convolution,
            prefix + "encoder.layers.",
            "mlp.fc1.weight",
            epsilon: 1e-6
        )
        shape.activation = try configuration.activation("hidden_act") ?? .geluTanh
        return Found(
            description: SigLIPModel.vision(grid, shape, prefix: prefix),
            names: ["embeddings.", "encoder.", "post_layernorm.", "head."].map { prefix + $0 },
            projection: prefix + "head"
        )
    }

    /// open_clip's VisionTransformer.
    private func openCLIP(_ prefix: String) throws -> Found? {
        let layers = prefix + "transformer.resblocks."
        let grid = try grid(
            prefix + "conv1.weight",
            positions: prefix + "positional_embedding"
        )
        let hasFirstNorm = weights.entry(named: prefix + "ln_pre.weight") != nil
        let isOwnProjection = weights.entry(named: prefix + "proj") != nil
        guard let projection = isOwnProjection ? prefix + "proj" : linear() else { return nil }
        return Found(
            description: VisionTransformerDescription(
                grid: grid,
                transformer: TransformerDescription(
                    shape: try shape(
                        prefix + "conv1.weight",
                        layers,
                        "mlp.c_fc.weight",
                        epsilon: 1e-5
                    ),
                    prefix: layers,
                    names: .openCLIP
                ),
                patchEmbedding: prefix + "conv1",
                hasPatchBias: false,
                classToken: prefix + "class_embedding",
                positions: prefix + "positional_embedding",
                firstNorm: hasFirstNorm ? prefix + "ln_pre" : nil,
                reading: .classToken(
                    ProjectionNames(
                        norm: prefix + "ln_post",
                        projection: isOwnProjection
                            ? .matrix(projection) : .linear(projection, hasBias: false)
                    )
                )
            ),
            names: [
                "conv1.", "class_embedding", "positional_embedding", "ln_pre.", "transformer.",
                "ln_post.", "proj",
            ].map { prefix + $0 },
            projection: projection
        )
    }

    // MARK: Sizes

    private func linear() -> String? {
        DetectedTensors.projection(
            ["visual_projection", "vision_projection", "image_projection", "visual_proj"],
            weights
        )
    }

    /// The grid that the convolution and the positions make.
    private func grid(
        _ convolution: String,
        positions: String,
        hasClassToken: Bool = true
    ) throws -> PatchGrid {
        let patchSize = try weights.extents(convolution, count: 4)[3]
        let extents = weights.entry(named: positions)?.shape ?? []
        let tokens = extents.dropLast().last ?? 0
        let side = Int(Double(max(0, tokens - (hasClassToken ? 1 : 0))).squareRoot())
        let imageSize = try configuration.size("image_size") ?? side * patchSize
        let grid = PatchGrid(
            imageSize: imageSize,
            patchSize: patchSize,
            hasClassToken: hasClassToken
        )
        guard grid.tokens == tokens, side > 0 else {
            throw MekikiError(
                .badData,
                "The tensor '\(positions)' has the shape \(extents), which does not fit pictures of "
                    + "\(imageSize) pixels in patches of \(patchSize). Fetch the model again.",
                subject: weights.folder.path
            )
        }
        return grid
    }

    private func shape(
        _ convolution: String,
        _ layers: String,
        _ hidden: String,
        epsilon: Float
    ) throws -> TransformerShape {
        let width = try weights.extents(convolution, count: 4)[0]
        // open_clip's sections tell the width of a head, transformers' the number of them.
        let headWidth = try configuration.size("head_width") ?? 64
        let heads = try configuration.size("num_attention_heads") ?? max(1, width / headWidth)
        try ConfigurationValue.check(width, dividedBy: heads)
        let isQuick = try configuration.flag("quick_gelu") ?? false
        return TransformerShape(
            width: width,
            layers: weights.layerCount(layers),
            heads: heads,
            hiddenWidth: try weights.extents(layers + "0." + hidden, count: 2)[0],
            activation: try configuration.activation("hidden_act")
                ?? (isQuick ? .quickGELU : .gelu),
            epsilon: try ConfigurationValue.epsilon(
                configuration.number("layer_norm_eps").map { Float($0) } ?? epsilon,
                "\(configuration.path).layer_norm_eps"
            ),
            isCausal: false
        )
    }
}
