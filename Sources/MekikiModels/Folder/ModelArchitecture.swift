import MekikiCore

/// The kinds of models of pictures and texts that Mekiki runs.
public enum ModelArchitecture: String, Sendable, CaseIterable {
    /// CLIP as transformers writes it: OpenAI, LAION's ports, MetaCLIP and others.
    case clip
    /// CLIP as open_clip writes it, with a text tower of its own or one of BERT's family.
    case openCLIP = "open_clip"
    /// SigLIP, and SigLIP 2 of fixed resolution, WAON among them.
    case siglip
    /// A vision transformer beside a RoBERTa: rinna's CLIP and CLOOB, Japanese Stable CLIP,
    /// recruit's.
    case japaneseCLIP = "japanese_clip"
    /// EVA02 beside a RoBERTa: LINE's.
    case clyp

    /// What a person calls models of this kind.
    public var summary: String {
        switch self {
        case .clip: "CLIP (clip, metaclip_2)"
        case .openCLIP: "open_clip's CLIP (open_clip_config.json)"
        case .siglip: "SigLIP and SigLIP 2 of fixed resolution (siglip)"
        case .japaneseCLIP:
            "a vision transformer with RoBERTa (clip or cloob by rinna, japanese_stable_clip, "
                + "japanese_clip)"
        case .clyp: "LINE's CLIP (clyp)"
        }
    }

    /// Recognises a kind from `config.json`.
    ///
    /// - Parameter configuration: The file.
    /// - Returns: The kind, `nil` for one that Mekiki doesn't know.
    /// - Throws: `MekikiError` with code `badData` when values have the wrong form, `configuration` for
    ///   a kind that is known not to be supported.
    static func recognize(_ configuration: ConfigurationSection) throws -> ModelArchitecture? {
        let vision = try configuration.section("vision_config").string("model_type") ?? ""
        switch try configuration.string("model_type") {
        case "clip"?, "cloob"?:
            // Some Japanese models say `clip` and hold towers of other kinds.
            return vision == "vit" ? .japaneseCLIP : .clip
        case "metaclip_2"?: return .clip
        case "siglip"?: return .siglip
        case "siglip2"?:
            throw MekikiError(
                .configuration,
                "This is a SigLIP 2 of variable resolution (NaFlex), which is not supported. Choose "
                    + "one of fixed resolution, such as google/siglip2-base-patch16-256."
            )
        case "japanese_stable_clip"?, "japanese_clip"?: return .japaneseCLIP
        case "clyp"?: return .clyp
        default: return nil
        }
    }
}
