import MekikiCore

/// Prompts as plain texts under keys of their own: `prompt`, `prompt_2`, `prompt_3`, `negative_prompt`.
enum PlainPrompts {
    /// Programs on diffusers with several text encoders (Stable Diffusion 3, Flux).
    static func numbered(_ texts: GenerationTexts) -> Generation? {
        guard texts["prompt"] != nil, texts["prompt_2"] != nil || texts["prompt_3"] != nil else {
            return nil
        }
        return generation(texts, "diffusers")
    }

    /// Anybody who calls a prompt a prompt.
    static func single(_ texts: GenerationTexts) -> Generation? {
        guard let prompt = texts["prompt"], prompt.first(where: { !$0.isWhitespace }) != "{" else {
            return nil
        }
        return generation(texts, "unknown")
    }

    private static func generation(_ texts: GenerationTexts, _ generator: String) -> Generation {
        func joined(_ key: String) -> String? {
            var seen: Set<String> = []
            // The same words often go to all text encoders.
            let all = ["", "_2", "_3"].compactMap { texts[key + $0] }
                .filter { seen.insert($0).inserted }
            return all.isEmpty ? nil : all.joined(separator: "\n")
        }
        var generation = Generation(
            generator: generator,
            rule: "",
            prompt: joined("prompt"),
            negativePrompt: joined("negative_prompt")
        )
        generation.seed = texts["seed"]
        generation.steps = (texts["steps"] ?? texts["num_inference_steps"]).flatMap { Int($0) }
        generation.cfgScale = (texts["guidance_scale"] ?? texts["cfg_scale"]).flatMap { Double($0) }
        generation.model = texts["model"]
        return generation
    }
}
