import MekikiCore

/// Midjourney's downloads: `prompt --ar 3:2 --v 6 --no text Job ID: …` as the description.
enum Midjourney {
    private static let job = "Job ID:"

    static func read(_ texts: GenerationTexts) -> Generation? {
        guard let text = texts["Description"], let end = text.range(of: job) else { return nil }
        var generation = Generation(generator: "Midjourney", rule: "")
        generation.other.append(
            .init(key: "Job ID", text: String(text[end.upperBound...]).trimmingSpace)
        )
        let parts = (" " + text[..<end.lowerBound]).split(separator: " --")
        let startsWithFlag = text.hasPrefix("--")
        generation.prompt = startsWithFlag ? nil : parts.first.map { String($0).trimmingSpace }
        for part in startsWithFlag ? parts[...] : parts.dropFirst() {
            let name = part.prefix { $0 != " " }
            let value = String(part.dropFirst(name.count)).trimmingSpace
            switch name {
            case "no": generation.negativePrompt = value
            case "seed": generation.seed = value
            case "v", "version", "niji": generation.model = name == "niji" ? "niji \(value)" : value
            default: generation.other.append(.init(key: String(name), text: value))
            }
        }
        return generation
    }
}
