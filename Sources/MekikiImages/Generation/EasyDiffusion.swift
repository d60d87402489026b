import MekikiCore

/// Easy Diffusion: a text for each field, or one JSON object, in either of two spellings.
enum EasyDiffusion {
    private static let marks = [
        "num_inference_steps", "guidance_scale", "use_stable_diffusion_model",
        "Stable Diffusion model", "Guidance Scale",
    ]

    static func read(_ texts: GenerationTexts) -> Generation? {
        var fields: [String: String] = [:]
        for chunk in texts.chunks where fields[chunk.key] == nil { fields[chunk.key] = chunk.text }
        for text in texts.comments where text.first(where: { !$0.isWhitespace }) == "{" {
            for (key, value) in LooseJSON(text)?.members ?? [] {
                fields[key] = fields[key] ?? value.scalar
            }
        }
        guard marks.contains(where: { fields[$0] != nil }),
            fields["prompt"] ?? fields["Prompt"] != nil
        else { return nil }
        func first(_ keys: String...) -> String? { keys.lazy.compactMap { fields[$0] }.first }
        return Generation(
            generator: "Easy Diffusion",
            rule: "",
            prompt: first("prompt", "Prompt"),
            negativePrompt: first("negative_prompt", "Negative Prompt"),
            seed: first("seed", "Seed"),
            steps: first("num_inference_steps", "Steps", "Inference Steps").flatMap { Int($0) },
            sampler: first("sampler_name", "Sampler"),
            cfgScale: first("guidance_scale", "Guidance Scale").flatMap { Double($0) },
            width: first("width", "Width").flatMap { Int($0) },
            height: first("height", "Height").flatMap { Int($0) },
            model: first("use_stable_diffusion_model", "Stable Diffusion model")
        )
    }
}
