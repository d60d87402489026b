import MekikiCore

/// InvokeAI's first way: `"prompt [negative]" -s 50 -S 123 -W 512 -H 512 -C 7.5 -A k_lms`.
enum DreamLine {
    static func read(_ texts: GenerationTexts) -> Generation? {
        guard let line = texts["Dream"] else { return nil }
        var generation = Generation(generator: "InvokeAI", rule: "")
        var rest = line[...]
        if line.hasPrefix("\""), let end = line.dropFirst().lastIndex(of: "\"") {
            let quoted = String(line[line.index(after: line.startIndex)..<end])
            (generation.prompt, generation.negativePrompt) = parts(of: quoted)
            rest = line[line.index(after: end)...]
        }
        let words = rest.split(separator: " ")
        for (flag, value) in zip(words, words.dropFirst()) {
            switch flag {
            case "-s": generation.steps = Int(value)
            case "-S": generation.seed = String(value)
            case "-W": generation.width = Int(value)
            case "-H": generation.height = Int(value)
            case "-C": generation.cfgScale = Double(value)
            case "-A": generation.sampler = String(value)
            default: break
            }
        }
        return generation
    }

    /// A prompt apart from what stands in brackets, which is not wanted.
    static func parts(of prompt: String) -> (prompt: String, negative: String?) {
        var wanted = ""
        var unwanted: [String] = []
        var current = ""
        var isInside = false
        for character in prompt {
            switch character {
            case "[" where !isInside: isInside = true
            case "]" where isInside:
                unwanted.append(current)
                current = ""
                isInside = false
            default:
                if isInside { current.append(character) } else { wanted.append(character) }
            }
        }
        if isInside { wanted += "[" + current }
        return (wanted.trimmingSpace, unwanted.isEmpty ? nil : unwanted.joined(separator: ", "))
    }
}
