import MekikiCore

/// ComfyUI: the graph of nodes that made the image, as JSON (`prompt`: what ran; `workflow`: what the screen
/// showed).
///
/// The walk starts at the sampler whose result is saved and follows its inputs: each node is looked at
/// once, so cycles and graphs with very many paths cost no more than their size.
struct ComfyGraph {
    /// A node as what ran knows it: its kind, and its inputs by name.
    private struct Node {
        var kind: String
        var inputs: [(key: String, value: LooseJSON)]

        subscript(_ key: String) -> LooseJSON? { inputs.first { $0.key == key }?.value }
    }

    private let nodes: [String: Node]
    /// The nodes in the order in which they were written.
    private let order: [String]

    static func read(_ texts: GenerationTexts) -> Generation? {
        // Some writers put the names before the graphs, as EXIF has no names for them.
        let run =
            texts.json("prompt")
            ?? texts.comments.lazy.compactMap(LooseJSON.init).first(where: isRun)
        if let run, isRun(run) { return ComfyGraph(run: run).generation(texts) }
        guard let shown = texts.json("workflow"), !(shown["nodes"]?.elements ?? []).isEmpty else {
            return nil
        }
        return ComfyGraph(shown: shown).generation(texts)
    }

    private static func isRun(_ json: LooseJSON) -> Bool {
        json.members.contains { $0.value["class_type"] != nil }
    }

    private init(run: LooseJSON) {
        var nodes: [String: Node] = [:]
        for (id, node) in run.members {
            guard let kind = node["class_type"]?.string else { continue }
            nodes[id] = Node(kind: kind, inputs: node["inputs"]?.members ?? [])
        }
        self.nodes = nodes
        order = run.members.map(\.key).filter { nodes[$0] != nil }
    }

    /// What the screen showed has links apart, and values without names.
    private init(shown: LooseJSON) {
        var sources: [String: LooseJSON] = [:]
        for link in shown["links"]?.elements ?? [] {
            let fields = link.elements
            guard fields.count >= 3, let id = fields[0].scalar, let source = fields[1].scalar else {
                continue
            }
            sources[id] = .array([.string(source), fields[2]])
        }
        var nodes: [String: Node] = [:]
        var order: [String] = []
        for node in shown["nodes"]?.elements ?? [] {
            // Muted nodes give nothing; bypassed ones pass on what comes in, and nothing of their own.
            let mode = node["mode"]?.integer ?? 0
            guard let id = node["id"]?.scalar, let kind = node["type"]?.string, mode != 2 else {
                continue
            }
            let isBypassed = mode == 4
            var inputs: [(key: String, value: LooseJSON)] = []
            for input in node["inputs"]?.elements ?? [] {
                guard let name = input["name"]?.string, let link = input["link"]?.scalar,
                    let source = sources[link]
                else { continue }
                inputs.append((name, source))
            }
            let values = isBypassed ? [] : node["widgets_values"]?.elements ?? []
            for (index, value) in values.enumerated() {
                let name = Self.widgetNames[kind].flatMap {
                    $0.indices.contains(index) ? $0[index] : nil
                }
                inputs.append((name ?? "value \(index)", value))
            }
            nodes[id] = Node(kind: isBypassed ? "" : kind, inputs: inputs)
            order.append(id)
        }
        self.nodes = nodes
        self.order = order
    }

    /// The names of the values of nodes that everybody uses, in the order of the screen.
    private static let widgetNames: [String: [String]] = [
        "KSampler": ["seed", "control", "steps", "cfg", "sampler_name", "scheduler", "denoise"],
        "KSamplerAdvanced": [
            "add_noise", "noise_seed", "control", "steps", "cfg", "sampler_name", "scheduler",
        ],
        "KSamplerSelect": ["sampler_name"],
        "RandomNoise": ["noise_seed"],
        "BasicScheduler": ["scheduler", "steps", "denoise"],
        "UNETLoader": ["unet_name"],
        "CLIPTextEncode": ["text"],
        "CheckpointLoaderSimple": ["ckpt_name"],
        "EmptyLatentImage": ["width", "height", "batch_size"],
        "EmptySD3LatentImage": ["width", "height", "batch_size"],
        "LoraLoader": ["lora_name", "strength_model", "strength_clip"],
    ]

    // MARK: What is found

    private func generation(_ texts: GenerationTexts) -> Generation? {
        guard !nodes.isEmpty else { return nil }
        var generation = Generation(generator: "ComfyUI", rule: "")
        if let sampler = firstSampler() {
            read(sampler, into: &generation)
        }
        if generation.prompt == nil {
            let texts = order.flatMap { id in nodes[id]?.inputs.compactMap(\.value.string) ?? [] }
            let sentences = texts.filter { $0.split(whereSeparator: \.isWhitespace).count >= 3 }
            if !sentences.isEmpty {
                generation.other.append(
                    .init(key: Generation.workflowText, text: sentences.joined(separator: "\n"))
                )
            }
        }
        return generation
    }

    private static func isSampler(_ node: Node) -> Bool {
        // Names a sampler for another node, and samples nothing.
        if node.kind == "KSamplerSelect" { return false }
        if node.kind.hasPrefix("KSampler") || node.kind.hasPrefix("SamplerCustom") { return true }
        func has(_ names: String...) -> Bool { names.contains { node[$0] != nil } }
        return has("sampler_name", "sampler") && has("steps", "sigmas")
            && has("cfg", "guider", "positive")
    }

    /// The sampler that begins the way to what is saved: a later one refines what it made.
    private func firstSampler() -> String? {
        let ends = order.filter { id in
            let kind = nodes[id]?.kind ?? ""
            return kind.contains("Save") || kind.contains("Preview")
        }
        var visited: Set<String> = []
        var last: String?
        var waiting = Array(ends.reversed())
        while let id = waiting.popLast() {
            guard visited.insert(id).inserted, let node = nodes[id] else { continue }
            if Self.isSampler(node) { last = id }
            waiting += node.inputs.reversed().compactMap { Self.link($0.value)?.id }
        }
        return last ?? order.first { nodes[$0].map(Self.isSampler) ?? false }
    }

    /// The node that a value comes from, and which of its outputs.
    private static func link(_ value: LooseJSON) -> (id: String, slot: Int)? {
        let fields = value.elements
        guard fields.count == 2, let slot = fields[1].integer, let id = fields[0].scalar else {
            return nil
        }
        return (id, slot)
    }

    private func node(at value: LooseJSON?) -> Node? {
        value.flatMap(Self.link).flatMap { nodes[$0.id] }
    }

    /// All nodes that lead to one, nearest first, itself included.
    private func sources(of start: String) -> [String] {
        var visited: Set<String> = []
        var result: [String] = []
        var waiting = [start]
        var next = 0
        while next < waiting.count {
            let id = waiting[next]
            next += 1
            guard visited.insert(id).inserted, let node = nodes[id] else { continue }
            result.append(id)
            waiting += node.inputs.compactMap { Self.link($0.value)?.id }
        }
        return result
    }

    private func read(_ sampler: String, into generation: inout Generation) {
        guard let node = nodes[sampler] else { return }
        // The parts of a sampler may be nodes of their own.
        let parts = ["noise", "guider", "sampler", "sigmas"].compactMap { self.node(at: node[$0]) }
        func value(_ names: String...) -> String? {
            for part in [node] + parts {
                for name in names {
                    if let found = part[name].flatMap({ scalar($0) }) { return found }
                }
            }
            return nil
        }
        generation.seed = value("seed", "noise_seed")
        generation.steps = value("steps").flatMap { Int($0) }
        generation.sampler = value("sampler_name")
        generation.scheduler = value("scheduler")
        generation.cfgScale = value("cfg", "guidance").flatMap { Double($0) }
        let guider = self.node(at: node["guider"])
        let positive = node["positive"] ?? guider?["positive"] ?? guider?["conditioning"]
        let negative = node["negative"] ?? guider?["negative"]
        generation.prompt = positive.flatMap(words)
        generation.negativePrompt = negative.flatMap(words)
        for id in sources(of: sampler) {
            guard let node = nodes[id] else { continue }
            func own(_ names: String...) -> String? {
                names.lazy.compactMap { node[$0]?.scalar }.first
            }
            if generation.model == nil {
                generation.model = own("ckpt_name", "unet_name", "model_name")
            }
            if let name = own("lora_name") {
                generation.loras.append(
                    .init(name: name, weight: node["strength_model"]?.double)
                )
            }
            if generation.width == nil, node.kind.contains("Latent"), node["width"] != nil {
                generation.width = node["width"].flatMap { scalar($0) }.flatMap { Int($0) }
                generation.height = node["height"].flatMap { scalar($0) }.flatMap { Int($0) }
            }
        }
    }

    /// A value, or that of a node of one value that it is linked to.
    private func scalar(_ value: LooseJSON) -> String? {
        if let scalar = value.scalar { return scalar }
        guard let node = node(at: value) else { return nil }
        for name in ["value", "seed", "noise_seed", "int", "float", "number"] {
            if let found = node[name]?.scalar { return found }
        }
        return nil
    }

    private static let textKeys: Set<String> = [
        "text", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "prompt", "positive", "string",
        "string_a", "string_b", "value",
    ]

    /// What a conditioning also leads to, and whose names are no words of it.
    private static let closedInputs: Set<String> = [
        "clip", "model", "vae", "control_net", "image", "latent_image",
    ]

    /// The texts behind a conditioning, in the order in which nodes name them.
    private func words(_ start: LooseJSON) -> String? {
        var texts: [String] = []
        var known: Set<String> = []
        var visited: Set<String> = []
        var waiting: [(key: String, value: LooseJSON)] = [("", start)]
        while let (key, value) = waiting.popLast() {
            if let text = value.string {
                let isWord = Self.textKeys.contains(key) && text.contains { !$0.isWhitespace }
                if isWord, known.insert(text).inserted { texts.append(text) }
                continue
            }
            guard let (id, slot) = Self.link(value), let node = nodes[id],
                // Whatever goes in, nothing comes out.
                node.kind != "ConditioningZeroOut", visited.insert("\(id) \(slot)").inserted
            else { continue }
            // A node that passes both on gives the wanted first, and the unwanted second.
            let hasBoth = node["positive"] != nil && node["negative"] != nil
            let other = hasBoth ? (slot == 0 ? "negative" : "positive") : nil
            waiting += node.inputs.reversed().filter {
                !Self.closedInputs.contains($0.key) && $0.key != other
            }
        }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
