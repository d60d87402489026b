import MekikiCore

/// The text of AUTOMATIC1111's web interface and of all that write like it: a prompt, a line that begins
/// with `Negative prompt:`, and settings from the last line that begins with `Steps:`.
enum A1111Text {
    static func read(_ texts: GenerationTexts) -> Generation? {
        // JSON is another program's, whatever its prompt looks like.
        for text in texts.comments where text.first(where: { !$0.isWhitespace }) != "{" {
            if let generation = generation(of: text) { return generation }
        }
        // Without settings and negative prompt only the key says what it is.
        guard let text = texts["parameters"], text.first(where: { !$0.isWhitespace }) != "{" else {
            return nil
        }
        return Generation(generator: "AUTOMATIC1111", rule: "", prompt: text)
    }

    private static let negativeStart = "Negative prompt:"

    /// Reads a text; `nil` where it has neither settings nor a negative prompt.
    static func generation(of text: String) -> Generation? {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let settingsLine = settingsStart(in: lines)
        let head = lines[..<(settingsLine ?? lines.count)]
        let negativeLine = head.firstIndex { $0.hasPrefix(negativeStart) }
        guard settingsLine != nil || negativeLine != nil else { return nil }
        var generation = Generation(generator: "AUTOMATIC1111", rule: "")
        generation.prompt =
            head[..<(negativeLine ?? head.endIndex)].joined(separator: "\n")
            .trimmingSpace
        if let negativeLine {
            generation.negativePrompt =
                head[negativeLine...].joined(separator: "\n")
                .dropFirst(negativeStart.count).description.trimmingSpace
        }
        let settings = settingsLine.map { lines[$0...].joined(separator: " ") } ?? ""
        for (key, value) in A1111Settings.pairs(in: settings) {
            generation.take(key, value)
        }
        generation.loras = LoRATags.completed(generation.loras, by: generation.prompt ?? "")
        generation.generator = generator(generation)
        return generation
    }

    /// The last line that begins like settings; settings may go on over several lines.
    private static func settingsStart(in lines: [Substring]) -> Int? {
        let steps = lines.lastIndex { line in
            // A line of a prompt may begin so, too: `Steps: 99 of a stair`.
            guard line.hasPrefix("Steps: "), let first = A1111Settings.pairs(in: String(line)).first
            else { return false }
            return Int(first.value) != nil
        }
        return steps ?? lines.lastIndex(where: looksLikeSettings)
    }

    /// Whether a line without `Steps:` is one of settings: weights in a prompt are pairs, too, and so are the
    /// facts of a photograph, so the names must be known.
    private static func looksLikeSettings(_ line: Substring) -> Bool {
        let keys = A1111Settings.pairs(in: String(line)).map(\.key)
        return keys.count >= 3 && keys.count(where: A1111Settings.commonKeys.contains) >= 2
    }

    private static func generator(_ generation: Generation) -> String {
        let version = generation.other.first { $0.key == "Version" }?.text ?? ""
        let keys = Set(generation.other.map(\.key))
        if version.hasPrefix("f") || keys.contains("Diffusion in Low Bits")
            || keys.contains(where: { $0.hasPrefix("Module ") })
        {
            return "Forge"
        }
        if keys.contains("App") || keys.contains("Backend") { return "SD.Next" }
        if keys.contains("Civitai resources") || keys.contains("Civitai metadata") {
            return "Civitai"
        }
        return "AUTOMATIC1111"
    }
}

extension String {
    /// The text without space around it.
    var trimmingSpace: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }),
            let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
