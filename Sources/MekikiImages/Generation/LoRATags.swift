import MekikiCore

/// The marks of small models within a prompt: `<lora:name:0.8>`.
enum LoRATags {
    /// Adds what a prompt says to what is known from hashes.
    ///
    /// - Parameters:
    ///   - known: Small models with their hashes.
    ///   - prompt: The prompt.
    /// - Returns: The known ones with their weights, then those that only the prompt names, each once.
    static func completed(
        _ known: [Generation.LoRA],
        by prompt: String
    ) -> [Generation.LoRA] {
        var loras = known
        for mark in all(in: prompt) {
            if let index = loras.firstIndex(where: { $0.name == mark.name }) {
                loras[index].weight = loras[index].weight ?? mark.weight
            } else {
                loras.append(mark)
            }
        }
        return loras
    }

    /// All marks in their order; a weight that is no number counts as none.
    static func all(in prompt: String) -> [Generation.LoRA] {
        prompt.split(separator: "<").dropFirst(prompt.hasPrefix("<") ? 0 : 1).compactMap { part in
            guard let end = part.firstIndex(of: ">") else { return nil }
            let fields = part[..<end].split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 2, ["lora", "lyco", "hypernet"].contains(fields[0].lowercased())
            else { return nil }
            let weight = fields.count > 2 ? Double(fields[2]) : nil
            return Generation.LoRA(
                name: String(fields[1]),
                weight: weight.flatMap { $0.isFinite ? $0 : nil }
            )
        }
    }
}
