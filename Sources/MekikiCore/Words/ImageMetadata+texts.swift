extension ImageMetadata {
    /// The texts that a catalog stores of what was read from a file, by who wrote them.
    public var texts: [(origin: TextOrigin, texts: [TextChunk])] {
        var generated: [TextChunk] = []
        func add(_ key: String, _ text: String?) {
            guard let text, text.contains(where: { !$0.isWhitespace }) else { return }
            generated.append(TextChunk(key: key, text: text))
        }
        add("prompt", generation?.prompt)
        add("negative", generation?.negativePrompt)
        for other in generation?.other ?? [] where other.key == Generation.workflowText {
            add("workflow", other.text)
        }
        return [(.file, textChunks), (.generation, generated), (.photograph, words)]
    }
}

extension Generation {
    /// The key in ``other`` of the words of a workflow in which no prompt was found.
    public static let workflowText = "workflow text"
}
