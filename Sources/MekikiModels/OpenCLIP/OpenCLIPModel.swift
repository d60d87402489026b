import Foundation
import MekikiCore
import MekikiTensor

/// CLIP as open_clip writes it (Ilharco and others 2021), with `open_clip_config.json`.
enum OpenCLIPModel {
    /// Describes a folder's model.
    ///
    /// - Parameters:
    ///   - folder: The folder.
    ///   - weights: Its checkpoint.
    /// - Returns: The description.
    /// - Throws: `MekikiError` when a file is missing, damaged, or asks for what is not supported.
    static func describe(_ folder: ModelFolder, _ weights: Weights) throws -> ImageTextDescription {
        let file = try ConfigurationSection(contentsOf: folder.file("open_clip_config.json"))
        let model = try file.section("model_cfg")
        let activation: Activation =
            try model.flag("quick_gelu") ?? false ? .quickGELU : .gelu
        let vision = try OpenCLIPVision.describe(
            model.section("vision_cfg"),
            weights,
            prefix: "visual.",
            activation: activation
        )
        let textSection = try model.section("text_cfg")
        let text = try OpenCLIPText.describe(textSection, weights, activation: activation)
        return ImageTextDescription(
            vision: vision,
            text: text,
            dimension: try model.size("embed_dim") ?? vision.dimension(of: weights),
            scoring: try Scoring(weights),
            preprocessing: try preprocessing(
                file.section("preprocess_cfg"),
                imageSize: vision.grid.imageSize
            ),
            // open_clip cleans texts before any tokenizer, and CLIP's own then lowers them.
            tokenization: Tokenization(folder: folder.tokenizerFolder ?? folder.url, cleaning: .web)
        )
    }

    /// What torchvision does by open_clip's settings.
    private static func preprocessing(
        _ section: ConfigurationSection,
        imageSize: Int
    ) throws -> PreprocessorSettings {
        let side =
            section.has("size") ? try OpenCLIPVision.imageSize(section, "size") : imageSize
        var settings = PreprocessorSettings(
            resize: .shortestEdge(side),
            filter: .bicubic,
            crop: .init(width: side, height: side),
            rescale: 1 / 255,
            normalization: .init(
                mean: try section.channels("mean") ?? PreprocessorSettings.Normalization.clip.mean,
                deviation: try section.channels("std")
                    ?? PreprocessorSettings.Normalization.clip.deviation
            )
        )
        settings.cropRounding = .torchvision
        switch try section.string("interpolation") ?? "bicubic" {
        // What is random in training is bicubic afterwards.
        case "bicubic", "random": break
        case "bilinear": settings.filter = .bilinear
        default: throw section.unsupported("interpolation", supported: "bicubic, bilinear")
        }
        switch try section.string("resize_mode") ?? "shortest" {
        case "shortest": break
        case "longest":
            guard try section.number("fill_color") ?? 0 == 0 else {
                throw section.unsupported("fill_color", supported: "0")
            }
            settings.resize = .longestEdge(side, .byRatio)
        case "squash":
            settings.resize = .exact(width: side, height: side)
            settings.crop = nil
        default: throw section.unsupported("resize_mode", supported: "shortest, longest, squash")
        }
        return settings
    }

    /// The epsilon of a tower's layer norms.
    static func epsilon(_ section: ConfigurationSection) throws -> Float {
        let epsilon = try section.section("norm_kwargs").number("eps") ?? 1e-5
        return try ConfigurationValue.epsilon(Float(epsilon), "\(section.path).norm_kwargs.eps")
    }

    /// Refuses layers that are more than CLIP's.
    static func refuseSpecialBlocks(_ section: ConfigurationSection) throws {
        for key in ["ls_init_value", "act_kwargs", "block_type"] where section.has(key) {
            if key == "block_type", try section.string(key) == "default" { continue }
            throw section.unsupported(key, supported: "null")
        }
        let flags = [
            "qk_norm", "scaled_cosine_attn", "scale_heads", "scale_attn_inner", "scale_attn",
            "scale_fc",
        ]
        for key in flags {
            if try section.flag(key) ?? false {
                throw section.unsupported(key, supported: "false")
            }
        }
    }
}

extension ConfigurationSection {
    /// Three numbers, one a channel.
    fileprivate func channels(_ key: String) throws -> [Double]? {
        switch self[key] {
        case nil: return nil
        case .number(let number)?: return [number, number, number]
        case .array(let values)?:
            let numbers = values.compactMap { value -> Double? in
                guard case .number(let number) = value else { return nil }
                return number
            }
            if numbers.count == 3, values.count == 3 { return numbers }
            throw unsupported(key, supported: "three numbers")
        default: throw unsupported(key, supported: "three numbers")
        }
    }
}
