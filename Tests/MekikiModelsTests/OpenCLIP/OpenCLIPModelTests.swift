import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

/// What open_clip's configuration can ask for, and what of it is refused by name.
@Suite struct OpenCLIPModelTests {
    static let workers = WorkerThreads(count: 1, name: "open_clip")

    private func error(
        replacing old: String,
        by new: String,
        in fixture: String = "open_clip_quick_gelu"
    ) async throws -> MekikiError {
        try await TemporaryModel.with(.named(fixture)) { model in
            try model.replace(old, by: new, in: "open_clip_config.json")
            return try #require(throws: MekikiError.self) {
                try ModelFixture(folder: model.folder).open(workers: Self.workers)
            }
        }
    }

    @Test(arguments: [
        (
            #""patch_size": 8"#, #""patch_size": 8, "timm_model_name": "vit_base""#,
            "timm_model_name"
        ),
        (#""patch_size": 8"#, #""patch_size": 8, "pool_type": "avg""#, "vision_cfg.pool_type"),
        (#""patch_size": 8"#, #""patch_size": 8, "ls_init_value": 0.1"#, "ls_init_value"),
        (#""patch_size": 8"#, #""patch_size": 8, "attentional_pool": true"#, "attentional_pool"),
        (#""patch_size": 8"#, #""patch_size": 8, "pos_embed_type": "sin""#, "pos_embed_type"),
        (#""context_length": 12"#, #""context_length": 12, "embed_cls": true"#, "embed_cls"),
        (#""context_length": 12"#, #""context_length": 12, "qk_norm": true"#, "qk_norm"),
        (
            #""context_length": 12"#, #""context_length": 12, "pool_type": "last""#,
            "text_cfg.pool_type"
        ),
        (#""bicubic""#, #""lanczos""#, "interpolation"),
        (#""shortest""#, #""fill""#, "resize_mode"),
        (
            #""context_length": 12"#, #""context_length": 12, "hf_model_name": "mt5-base""#,
            "hf_model_name"
        ),
    ])
    func whatIsNotSupportedIsNamed(_ old: String, _ new: String, _ key: String) async throws {
        let error = try await error(replacing: old, by: new)
        #expect(error.code == .configuration)
        #expect(error.message.contains(key) && error.message.contains("Supported"))
        #expect(error.subject?.hasSuffix("open_clip_config.json") == true)
    }

    @Test(arguments: [
        (#""width": 32"#, #""width": 30"#), (#""heads": 3"#, #""heads": 5"#),
        (#""patch_size": 8"#, #""patch_size": 80"#), (#""layers": 2"#, #""layers": 0"#),
        (#""embed_dim": 20"#, #""embed_dim": "wide""#),
    ])
    func whatMakesNoModelIsBadData(_ old: String, _ new: String) async throws {
        #expect(try await error(replacing: old, by: new).code == .badData)
    }

    @Test func anUnknownPoolerIsNamed() async throws {
        let error = try await error(
            replacing: "mean_pooler",
            by: "max_pooler",
            in: "open_clip_xlm_roberta"
        )
        #expect(error.message.contains("hf_pooler_type") && error.message.contains("mean_pooler"))
    }

    /// Configurations of before open_clip 2.20 name these fields otherwise.
    @Test func oldNamesOfFieldsAreRead() async throws {
        try await TemporaryModel.with(.named("open_clip_xlm_roberta")) { model in
            try model.replace("hf_pooler_type", by: "pooler_type", in: "open_clip_config.json")
            try model.replace("hf_proj_type", by: "proj", in: "open_clip_config.json")
            let fixture = ModelFixture(folder: model.folder)
            let text = try fixture.open(workers: Self.workers).textEncoder
            let vectors = try await text.encode(tokens: fixture.ids())
            for (vector, expected) in zip(vectors, try fixture.textVectors()) {
                #expect(VectorDistance.between(vector.values, expected) < 0.001)
            }
        }
    }
}
