import MekikiCore
import MekikiTensor

/// The vision tower of open_clip, and of OpenAI's own code.
enum OpenCLIPVision {
    /// Describes a tower.
    ///
    /// - Parameters:
    ///   - section: Its `vision_cfg`.
    ///   - weights: The checkpoint.
    ///   - prefix: What its tensor names begin with.
    ///   - activation: The activation of its layers.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when the section asks for what is not supported, or makes no tower.
    static func describe(
        _ section: ConfigurationSection,
        _ weights: Weights,
        prefix: String,
        activation: Activation
    ) throws -> VisionTransformerDescription {
        try refuseUnsupported(section)
        let imageSize = try imageSize(section)
        let patchSize = try section.size("patch_size") ?? 16
        let width = try section.size("width") ?? 768
        let headWidth = try section.size("head_width") ?? 64
        let ratio = try section.number("mlp_ratio") ?? 4
        guard width.isMultiple(of: headWidth), patchSize <= imageSize, (0.01...100).contains(ratio)
        else {
            throw MekikiError(
                .badData,
                "\(section.path) makes no model: head_width has to divide width, and patch_size fit "
                    + "into image_size. Fetch the model again."
            )
        }
        let hasFirstNorm = try !(section.flag("no_ln_pre") ?? false)
        return VisionTransformerDescription(
            grid: PatchGrid(imageSize: imageSize, patchSize: patchSize),
            transformer: TransformerDescription(
                shape: TransformerShape(
                    width: width,
                    layers: try section.size("layers") ?? 12,
                    heads: width / headWidth,
                    hiddenWidth: Int(Double(width) * ratio),
                    activation: activation,
                    epsilon: try OpenCLIPModel.epsilon(section),
                    isCausal: false
                ),
                prefix: prefix + "transformer.resblocks.",
                names: .openCLIP
            ),
            patchEmbedding: prefix + "conv1",
            hasPatchBias: false,
            classToken: prefix + "class_embedding",
            positions: prefix + "positional_embedding",
            firstNorm: hasFirstNorm ? prefix + "ln_pre" : nil,
            reading: .classToken(
                ProjectionNames(norm: prefix + "ln_post", projection: .matrix(prefix + "proj"))
            )
        )
    }

    /// A side, or a pair of equal ones.
    static func imageSize(_ section: ConfigurationSection, _ key: String = "image_size") throws
        -> Int
    {
        guard case .array(let sides)? = section[key] else { return try section.size(key) ?? 224 }
        guard case .number(let side)? = sides.first, let size = Int(exactly: side), size > 0,
            sides.allSatisfy({ $0 == .number(side) })
        else { throw section.unsupported(key, supported: "a number, or two equal ones") }
        try ConfigurationValue.check(size, key)
        return size
    }

    private static func refuseUnsupported(_ section: ConfigurationSection) throws {
        if section.has("timm_model_name") {
            throw section.unsupported("timm_model_name", supported: "open_clip's own transformers")
        }
        if case .array? = section["layers"] {
            throw section.unsupported("layers", supported: "a number, the layers of a transformer")
        }
        if let pool = try section.string("pool_type"), pool != "tok" {
            throw section.unsupported("pool_type", supported: "tok")
        }
        if let kind = try section.string("pos_embed_type"), kind != "learnable" {
            throw section.unsupported("pos_embed_type", supported: "learnable")
        }
        try OpenCLIPModel.refuseSpecialBlocks(section)
        for key in ["attentional_pool", "final_ln_after_pool"] {
            if try section.flag(key) ?? false {
                throw section.unsupported(key, supported: "false")
            }
        }
    }
}
