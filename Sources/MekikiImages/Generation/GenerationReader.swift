import MekikiCore

/// Finds what an image was generated from in the texts of its file.
///
/// Where each program writes what, and in which order the rules are tried, is told in
/// Documentation/generation-metadata.md. The raw texts are kept beside, so that what no rule understands is
/// found as well.
enum GenerationReader {
    /// A rule: its name, and what it makes of the texts.
    private typealias Rule = (name: String, read: @Sendable (GenerationTexts) -> Generation?)

    private static let rules: [Rule] = [
        ("swarmui", JSONGenerations.swarmUI), ("invokeai", JSONGenerations.invokeAI),
        ("invokeai-dream", DreamLine.read), ("fooocus", JSONGenerations.fooocus),
        ("a1111", A1111Text.read), ("novelai", JSONGenerations.novelAI),
        ("tensorart", JSONGenerations.tensorArt), ("comfyui", ComfyGraph.read),
        ("numbered-prompts", PlainPrompts.numbered), ("easy-diffusion", EasyDiffusion.read),
        ("plain-prompt", PlainPrompts.single), ("fooocus-mre", JSONGenerations.fooocusMRE),
        ("draw-things", JSONGenerations.drawThings), ("midjourney", Midjourney.read),
    ]

    /// Reads texts.
    ///
    /// - Parameter chunks: The texts of a file, in its order.
    /// - Returns: What the first rule that fits has found, with its name; `nil` where none does.
    static func generation(in chunks: [ImageMetadata.TextChunk]) -> Generation? {
        guard !chunks.isEmpty else { return nil }
        let texts = GenerationTexts(chunks)
        for rule in rules {
            guard var generation = rule.read(texts) else { continue }
            generation.rule = rule.name
            generation.prompt = generation.prompt.flatMap(Self.sayingSomething)
            generation.negativePrompt = generation.negativePrompt.flatMap(Self.sayingSomething)
            return generation
        }
        return nil
    }

    private static func sayingSomething(_ text: String) -> String? {
        text.contains { !$0.isWhitespace } ? text : nil
    }
}
