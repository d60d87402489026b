import MekikiCore

/// The marks of small models within a prompt: `<lora:name:0.8>`.
enum LoRATags {
    /// Finds them, and gives those that are known already their weights.
    ///
    /// - Parameters:
    ///   - prompt: The prompt.
    ///   - known: What is known from hashes.
    /// - Returns: Those that were not known, in their order, each once.
    static func loras(in prompt: String, known: [Generation.LoRA]) -> [Generation.LoRA] {
        var names = Set(known.map(\.name))
        return all(in: prompt).filter { names.insert($0.name).inserted }
    }

    /// All marks in their order.
    static func all(in prompt: String) -> [Generation.LoRA] {
        prompt.split(separator: "<").dropFirst(prompt.hasPrefix("<") ? 0 : 1).compactMap { part in
            guard let end = part.firstIndex(of: ">") else { return nil }
            let fields = part[..<end].split(separator: ":", omittingEmptySubsequences: false)
            guard fields.count >= 2, ["lora", "lyco", "hypernet"].contains(fields[0].lowercased())
            else { return nil }
            return Generation.LoRA(
                name: String(fields[1]),
                weight: fields.count > 2 ? Double(fields[2]) : nil
            )
        }
    }
}
