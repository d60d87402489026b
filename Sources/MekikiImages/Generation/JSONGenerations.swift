import MekikiCore

/// The generators that write one JSON object with names for everything.
enum JSONGenerations {
    /// Names of fields, in the order in which they are looked for.
    private struct Names {
        var prompt: [String] = ["prompt"]
        var negative: [String] = ["negative_prompt"]
        var seed: [String] = ["seed"]
        var steps: [String] = ["steps"]
        var sampler: [String] = ["sampler"]
        var scheduler: [String] = ["scheduler"]
        var cfg: [String] = ["cfg_scale"]
        var model: [String] = ["model"]
        var hash: [String] = []
    }

    private static func generation(
        _ generator: String,
        _ json: LooseJSON,
        _ names: Names
    ) -> Generation {
        func first(_ keys: [String]) -> LooseJSON? {
            keys.lazy.compactMap { json[$0] }.first { $0.scalar != nil }
        }
        var generation = Generation(
            generator: generator,
            rule: "",
            prompt: first(names.prompt)?.scalar,
            negativePrompt: first(names.negative)?.scalar,
            seed: first(names.seed)?.scalar,
            steps: first(names.steps)?.integer,
            sampler: first(names.sampler)?.scalar,
            scheduler: first(names.scheduler)?.scalar,
            cfgScale: first(names.cfg)?.double,
            width: json["width"]?.integer,
            height: json["height"]?.integer,
            model: first(names.model)?.scalar,
            modelHash: first(names.hash)?.scalar
        )
        let used = Set(
            names.prompt + names.negative + names.seed + names.steps + names.sampler
                + names.scheduler + names.cfg + names.model + names.hash + ["width", "height"]
        )
        for (key, value) in json.members where !used.contains(key) {
            guard let text = value.scalar else { continue }
            generation.other.append(.init(key: key, text: text))
        }
        return generation
    }

    static func swarmUI(_ texts: GenerationTexts) -> Generation? {
        for text in texts.comments {
            guard text.contains("sui_image_params"), let json = LooseJSON(text),
                let parameters = json["sui_image_params"]
            else { continue }
            var generation = generation(
                "SwarmUI",
                parameters,
                Names(negative: ["negativeprompt"], cfg: ["cfgscale"])
            )
            let weights = parameters["loraweights"]?.elements ?? []
            for (index, lora) in (parameters["loras"]?.elements ?? []).enumerated() {
                guard let name = lora.scalar else { continue }
                let weight = weights.indices.contains(index) ? weights[index].double : nil
                generation.loras.append(.init(name: name, weight: weight))
            }
            for model in json["sui_models"]?.elements ?? []
            where model["param"]?.scalar == "model" {
                generation.modelHash = model["hash"]?.scalar
            }
            return generation
        }
        return nil
    }

    static func invokeAI(_ texts: GenerationTexts) -> Generation? {
        if let json = texts.json("invokeai_metadata") {
            var generation = generation(
                "InvokeAI",
                json,
                Names(prompt: ["positive_prompt"], sampler: [], cfg: ["cfg_scale"])
            )
            let model = json["model"]
            generation.model =
                model?.scalar ?? model?["name"]?.scalar ?? model?["model_name"]?.scalar
            generation.modelHash = model?["hash"]?.scalar
            for lora in json["loras"]?.elements ?? [] {
                let own = lora["model"] ?? lora["lora"] ?? lora
                guard let name = own["name"]?.scalar ?? own["model_name"]?.scalar else { continue }
                generation.loras.append(.init(name: name, weight: lora["weight"]?.double))
            }
            return generation
        }
        guard let json = texts.json("sd-metadata"), let image = json["image"] else { return nil }
        var generation = generation("InvokeAI", image, Names())
        generation.model = json["model_weights"]?.scalar
        generation.modelHash = json["model_hash"]?.scalar
        let prompt =
            image["prompt"]?.elements.first?["prompt"]?.scalar ?? image["prompt"]?.scalar
        (generation.prompt, generation.negativePrompt) = DreamLine.parts(of: prompt ?? "")
        return generation
    }

    static func fooocus(_ texts: GenerationTexts) -> Generation? {
        let isNamed = texts["fooocus_scheme"] == "fooocus"
        for text in texts.comments {
            guard text.first(where: { !$0.isWhitespace }) == "{", let json = LooseJSON(text),
                isNamed || (json["base_model"] != nil && json["performance"] != nil)
            else { continue }
            return fooocus(json, "Fooocus")
        }
        return nil
    }

    private static func fooocus(_ json: LooseJSON, _ generator: String) -> Generation {
        var generation = generation(
            generator,
            json,
            Names(
                cfg: ["guidance_scale", "cfg"],
                model: ["base_model", "base_model_name"],
                hash: ["base_model_hash"]
            )
        )
        let sides = (json["resolution"]?.scalar ?? "").split { !$0.isNumber }.compactMap { Int($0) }
        if sides.count == 2 { (generation.width, generation.height) = (sides[0], sides[1]) }
        for lora in json["loras"]?.elements ?? [] {
            let fields = lora.elements
            guard let name = fields.first?.scalar else { continue }
            let weight = fields.count > 1 ? fields[1].double : nil
            let hash = fields.count > 2 ? fields[2].scalar : nil
            generation.loras.append(.init(name: name, weight: weight, hash: hash))
        }
        return generation
    }

    static func fooocusMRE(_ texts: GenerationTexts) -> Generation? {
        guard let json = texts.json("Comment"), json["prompt"] != nil,
            json["base_model_name"] != nil || json["base_model"] != nil || json["styles"] != nil
        else { return nil }
        return fooocus(json, "Fooocus-MRE")
    }

    static func novelAI(_ texts: GenerationTexts) -> Generation? {
        guard let json = texts.json("Comment"),
            json["uc"] != nil || texts["Software"] == "NovelAI"
        else { return nil }
        var generation = generation("NovelAI", json, Names(negative: ["uc"], cfg: ["scale"]))
        generation.model = texts["Source"]
        generation.prompt = generation.prompt ?? texts["Description"]
        let characters = json["v4_prompt"]?["caption"]?["char_captions"]?.elements ?? []
        let captions = characters.compactMap { $0["char_caption"]?.scalar }
        if !captions.isEmpty {
            let base = json["v4_prompt"]?["caption"]?["base_caption"]?.scalar ?? generation.prompt
            generation.prompt = ([base ?? ""] + captions).joined(separator: "\n")
        }
        let unwanted = json["v4_negative_prompt"]?["caption"]
        let own = (unwanted?["char_captions"]?.elements ?? [])
            .compactMap { $0["char_caption"]?.scalar }.filter { !$0.isEmpty }
        if !own.isEmpty {
            let base = unwanted?["base_caption"]?.scalar ?? generation.negativePrompt
            generation.negativePrompt = ([base ?? ""] + own).joined(separator: "\n")
        }
        return generation
    }

    /// Draw Things writes JSON into XMP's field of comments.
    static func drawThings(_ texts: GenerationTexts) -> Generation? {
        guard let json = texts.json(XMPPacket.commentKey), json["c"] != nil else { return nil }
        var generation = generation(
            "Draw Things",
            json,
            Names(prompt: ["c"], negative: ["uc"], cfg: ["scale"])
        )
        let sides = (json["size"]?.scalar ?? "").split(separator: "x").compactMap { Int($0) }
        if sides.count == 2 { (generation.width, generation.height) = (sides[0], sides[1]) }
        for lora in json["lora"]?.elements ?? [] {
            guard let name = lora["model"]?.scalar else { continue }
            generation.loras.append(.init(name: name, weight: lora["weight"]?.double))
        }
        return generation
    }

    static func tensorArt(_ texts: GenerationTexts) -> Generation? {
        guard let json = texts.json("generation_data") else { return nil }
        var generation = generation(
            "TensorArt",
            json,
            Names(
                negative: ["negativePrompt"],
                sampler: ["samplerName", "sampler"],
                cfg: ["cfgScale"],
                model: []
            )
        )
        generation.model = json["baseModel"]?["modelFileName"]?.scalar
        generation.modelHash = json["baseModel"]?["hash"]?.scalar
        return generation
    }
}
