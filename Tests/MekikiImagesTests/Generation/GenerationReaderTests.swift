import MekikiCore
import Testing

@testable import MekikiImages

@Suite struct GenerationReaderTests {
    private func read(_ texts: (String, String)...) -> Generation? {
        GenerationReader.generation(in: texts.map { .init(key: $0, text: $1) })
    }

    @Test func a1111HasPromptNegativeAndTypedSettings() throws {
        let found = try #require(
            read(
                (
                    "parameters",
                    """
                    a cat, <lora:fur:0.8>,
                    BREAK 三毛猫
                    Negative prompt: blurry,
                    text
                    Steps: 20, Sampler: Euler a, Schedule type: Karras, CFG scale: 7.5, Seed: 4109315140, \
                    Size: 512x768, Model hash: 1a2b, Model: abc, Lora hashes: "fur: ffee", Version: v1.9
                    """
                )
            )
        )
        #expect(found.rule == "a1111")
        #expect(found.generator == "AUTOMATIC1111")
        #expect(found.prompt == "a cat, <lora:fur:0.8>,\nBREAK 三毛猫")
        #expect(found.negativePrompt == "blurry,\ntext")
        #expect(found.steps == 20)
        #expect(found.sampler == "Euler a")
        #expect(found.scheduler == "Karras")
        #expect(found.cfgScale == 7.5)
        #expect(found.seed == "4109315140")
        #expect(found.width == 512)
        #expect(found.height == 768)
        #expect(found.model == "abc")
        #expect(found.modelHash == "1a2b")
        #expect(found.loras == [.init(name: "fur", weight: 0.8, hash: "ffee")])
        #expect(found.other == [.init(key: "Version", text: "v1.9")])
    }

    @Test(arguments: [
        "a photo of (cat:1.2), (dog:1.1), (tree:1.3)",
        "<lora:x:nan> word: one, other: two, third: 3",
    ])
    func weightsInAPromptAreNoSettings(_ prompt: String) throws {
        let found = try #require(
            read(("parameters", prompt + "\nNegative prompt: (a:1), (b:2), (c:3)"))
        )
        #expect(found.prompt == prompt)
        #expect(found.negativePrompt == "(a:1), (b:2), (c:3)")
        #expect(found.loras.allSatisfy { $0.weight == nil })
    }

    @Test func aPhotographsCommentIsNoPrompt() {
        #expect(read(("UserComment", "ISO: 100, Aperture: 2.8, Shutter: 1/60")) == nil)
    }

    @Test func novelAIsWordsMayLookLikeSettings() throws {
        let json = "{\"prompt\": \"a, Seed: x, Size: y, Model: z\", \"uc\": \"n\", \"seed\": 7}"
        let found = try #require(read(("Comment", json)))
        #expect(found.rule == "novelai")
        #expect(found.seed == "7")
    }

    @Test func settingsMayHaveALineEach() throws {
        let found = try #require(read(("parameters", "p\nSteps: 20,\nSampler: Euler a,\nSeed: 7")))
        #expect(found.prompt == "p")
        #expect(found.sampler == "Euler a")
        #expect(found.seed == "7")
    }

    @Test func settingsGoOnOverSeveralLines() throws {
        let found = try #require(
            read(
                (
                    "parameters",
                    "p\nNegative prompt: n\nSteps: 7, Sampler: DDIM, Denoising strength: 0.59, \nControlNet: "
                        + "\"a: 1, Seed: 9\", Hires upscale: 2, Seed: 3"
                )
            )
        )
        #expect(found.negativePrompt == "n")
        #expect(found.steps == 7)
        #expect(found.seed == "3")
        #expect(found.other.map(\.key) == ["Denoising strength", "ControlNet", "Hires upscale"])
        #expect(found.other[1].text == "a: 1, Seed: 9")
    }

    @Test func aLineOfThePromptMayLookLikeSettings() throws {
        let found = try #require(
            read(("parameters", "Steps: 99 of a stair\na cat\nSteps: 20, Seed: 5, Size: 8x8"))
        )
        #expect(found.prompt == "Steps: 99 of a stair\na cat")
        #expect(found.steps == 20)
    }

    @Test func aTextWithoutSettingsIsAPromptAllTheSame() throws {
        let found = try #require(read(("parameters", "a raccoon\nNegative prompt: ")))
        #expect(found.prompt == "a raccoon")
        #expect(found.negativePrompt == nil)
        let bare = try #require(read(("parameters", "just words")))
        #expect(bare.prompt == "just words")
    }

    @Test func numberedPromptsAreOnePrompt() throws {
        let found = try #require(read(("prompt", "a cat"), ("prompt_3", "a cat on a mat")))
        #expect(found.rule == "numbered-prompts")
        #expect(found.prompt == "a cat\na cat on a mat")
    }

    @Test func comfyGraphsAreWalkedFromTheSampler() throws {
        let graph = """
            {"3": {"class_type": "KSampler", "inputs": {"seed": 982020574840461, "steps": 28, "cfg": 4.5,
            "sampler_name": "dpmpp_2m", "scheduler": "sgm_uniform", "positive": ["16", 0],
            "negative": ["7", 0], "model": ["10", 0], "latent_image": ["5", 0], "x": NaN}},
            "10": {"class_type": "LoraLoader", "inputs": {"lora_name": "fur.safetensors",
            "strength_model": 0.5, "model": ["4", 0]}},
            "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd3.safetensors"}},
            "5": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 768}},
            "16": {"class_type": "FluxGuidance", "inputs": {"conditioning": ["6", 0]}},
            "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "三毛猫", "clip": ["4", 1]}},
            "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "blurry", "clip": ["4", 1]}},
            "9": {"class_type": "SaveImage", "inputs": {"images": ["8", 0]}},
            "8": {"class_type": "VAEDecode", "inputs": {"samples": ["3", 0]}}}
            """
        let found = try #require(read(("prompt", graph), ("workflow", "{}")))
        #expect(found.rule == "comfyui")
        #expect(found.prompt == "三毛猫")
        #expect(found.negativePrompt == "blurry")
        #expect(found.seed == "982020574840461")
        #expect(found.steps == 28)
        #expect(found.cfgScale == 4.5)
        #expect(found.sampler == "dpmpp_2m")
        #expect(found.scheduler == "sgm_uniform")
        #expect(found.width == 1024)
        #expect(found.model == "sd3.safetensors")
        #expect(found.loras == [.init(name: "fur.safetensors", weight: 0.5)])
    }

    @Test func samplersOfSeveralNodesAreOne() throws {
        let graph = """
            {"1": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["2", 0], "guider": ["3", 0],
            "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["6", 0]}},
            "2": {"class_type": "RandomNoise", "inputs": {"noise_seed": 7}},
            "3": {"class_type": "BasicGuider", "inputs": {"model": ["8", 0], "conditioning": ["9", 0]}},
            "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
            "5": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": 20}},
            "6": {"class_type": "EmptyLatentImage", "inputs": {"width": 640, "height": 480}},
            "8": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1"}},
            "9": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat"}},
            "10": {"class_type": "SaveImage", "inputs": {"images": ["11", 0]}},
            "11": {"class_type": "VAEDecode", "inputs": {"samples": ["1", 0]}}}
            """
        let found = try #require(read(("prompt", graph)))
        #expect(found.prompt == "a cat")
        #expect(found.seed == "7")
        #expect(found.steps == 20)
        #expect(found.sampler == "euler")
        #expect(found.model == "flux1")
        #expect(found.width == 640)
    }

    @Test func whatIsWantedStaysApartFromWhatIsNot() throws {
        let graph = """
            {"1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0], "negative": ["2", 1]}},
            "2": {"class_type": "ControlNetApplyAdvanced", "inputs": {"positive": ["5", 0], "negative": ["4", 0]}},
            "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "good cat"}},
            "4": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad dog"}},
            "5": {"class_type": "ConditioningCombine", "inputs": {"a": ["3", 0], "b": ["6", 0]}},
            "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "on a mat"}}}
            """
        let found = try #require(read(("prompt", graph)))
        #expect(found.prompt == "good cat\non a mat")
        #expect(found.negativePrompt == "bad dog")
        let zeroed = try #require(
            read(
                (
                    "prompt",
                    """
                    {"1": {"class_type": "KSampler", "inputs": {"positive": ["3", 0], "negative": ["2", 0]}},
                    "2": {"class_type": "ConditioningZeroOut", "inputs": {"conditioning": ["3", 0]}},
                    "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat"}}}
                    """
                )
            )
        )
        #expect(zeroed.prompt == "a cat")
        #expect(zeroed.negativePrompt == nil)
    }

    @Test func aGraphInACircleEnds() throws {
        let graph = """
            {"1": {"class_type": "KSampler", "inputs": {"positive": ["2", 0], "seed": 18446744073709551615}},
            "2": {"class_type": "ConditioningCombine", "inputs": {"a": ["2", 0], "b": ["3", 0], "c": ["1", 0]}},
            "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "words"}}}
            """
        let found = try #require(read(("prompt", graph)))
        #expect(found.prompt == "words")
        #expect(found.seed == "18446744073709551615")
    }

    @Test func aWorkflowAloneIsReadByItsScreen() throws {
        let shown = """
            {"nodes": [
            {"id": 1, "type": "KSampler", "mode": 0, "widgets_values": [5, "fixed", 12, 7, "euler", "normal", 1],
            "inputs": [{"name": "positive", "link": 9}]},
            {"id": 2, "type": "CLIPTextEncode", "mode": 0, "widgets_values": ["a lighthouse"]},
            {"id": 3, "type": "CLIPTextEncode", "mode": 4, "widgets_values": ["was off"]}],
            "links": [[9, 2, 0, 1, 1, "CONDITIONING"]]}
            """
        let found = try #require(read(("workflow", shown)))
        #expect(found.prompt == "a lighthouse")
        #expect(found.seed == "5")
        #expect(found.steps == 12)
    }

    @Test func aGraphWithoutSamplerKeepsItsSentences() throws {
        let graph = """
            {"1": {"class_type": "Other", "inputs": {"a": "three words here", "b": "short"}}}
            """
        let found = try #require(read(("prompt", graph)))
        #expect(found.prompt == nil)
        #expect(found.other == [.init(key: "workflow text", text: "three words here")])
    }

    @Test func otherGeneratorsAreToldApart() throws {
        let cases: [([(String, String)], String, String, String?)] = [
            (
                [("parameters", "{\"sui_image_params\": {\"prompt\": \"p\", \"seed\": 7}}")],
                "swarmui",
                "p", "7"
            ),
            (
                [("invokeai_metadata", "{\"positive_prompt\": \"p\", \"seed\": 7}")], "invokeai",
                "p", "7"
            ),
            (
                [("Dream", "\"p [n]\" -s 50 -S 7 -W 512 -H 512 -C 7.5 -A k_lms")], "invokeai-dream",
                "p", "7"
            ),
            (
                [
                    ("Software", "NovelAI"), ("Description", "p"),
                    ("Comment", "{\"prompt\": \"p\", \"uc\": \"n\", \"seed\": 7}"),
                ], "novelai", "p", "7"
            ),
            (
                [
                    ("fooocus_scheme", "fooocus"),
                    ("parameters", "{\"prompt\": \"p\", \"seed\": \"7\"}"),
                ],
                "fooocus", "p", "7"
            ),
            (
                [
                    ("generation_data", "{\"prompt\": \"p\", \"seed\": \"7\"}"),
                    ("prompt", "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {}}}"),
                ], "tensorart", "p", "7"
            ),
            (
                [("Prompt", "p"), ("Seed", "7"), ("Stable Diffusion model", "m")], "easy-diffusion",
                "p", "7"
            ),
            ([("prompt", "p")], "plain-prompt", "p", nil),
            (
                [("Description", "p --ar 3:2 --seed 7 --no a, b Job ID: 1-2")], "midjourney", "p",
                "7"
            ),
        ]
        for (texts, rule, prompt, seed) in cases {
            let found = try #require(
                GenerationReader.generation(in: texts.map { .init(key: $0, text: $1) })
            )
            #expect(found.rule == rule)
            #expect(found.prompt == prompt)
            #expect(found.seed == seed)
        }
        #expect(read(("Software", "GIMP")) == nil)
        #expect(read(("Comment", "Created with GIMP")) == nil)
    }

    @Test func brokenTextsGiveNothingAndNoTrap() {
        let graph = "{\"1\": {\"class_type\": \"KSampler\", \"inputs\": {\"seed\": [\"1\", 0]}}}"
        for count in 0..<graph.count { _ = read(("prompt", String(graph.prefix(count)))) }
        let deep = String(repeating: "[", count: 100_000)
        #expect(LooseJSON(deep) == nil)
        _ = read(("parameters", "Steps: 1, a: \"" + deep))
        _ = read(("parameters", "Steps: 1, a: {" + deep))
        #expect(LooseJSON("\"\\ud83d\\ude00\\ud83d x\"")?.string == "😀\u{FFFD} x")
    }
}
