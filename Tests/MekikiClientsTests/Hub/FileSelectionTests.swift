import Foundation
import MekikiTesting
import Testing

@testable import MekikiClients

@Suite struct FileSelectionTests {
    @Test(arguments: [
        (
            [
                "config.json", "model.safetensors", "open_clip_config.json",
                "open_clip_model.safetensors",
                "pytorch_model.bin",
            ], "model.safetensors"
        ),
        (
            [
                "open_clip_config.json", "open_clip_model.safetensors",
                "open_clip_pytorch_model.bin",
            ],
            "open_clip_model.safetensors"
        ),
        (["open_clip_config.json", "open_clip_pytorch_model.bin"], "open_clip_pytorch_model.bin"),
        (
            ["config.json", "model.safetensors.index.json", "pytorch_model.bin"],
            "model.safetensors.index.json"
        ),
        (["config.json", "pytorch_model.bin", "tf_model.h5"], "pytorch_model.bin"),
    ])
    func oneSetOfWeightsIsChosen(paths: [String], weights: String) {
        #expect(FileSelection(paths).weights == weights)
    }

    @Test func whatOtherLibrariesNeedIsLeft() {
        let selection = FileSelection([
            "onnx/model.onnx", "rust_model.ot", "flax_model.msgpack", "tf_model.h5", "README.md",
            ".gitattributes", "modeling_evil.py",
        ])
        #expect(selection.all.isEmpty)
    }

    @Test func whatIsAbsentIsNamedWithoutFolders() {
        let absent = FileSelection.absent(from: ["config.json", "tokenizer.json"])
        #expect(absent.contains("vocab.txt"))
        #expect(!absent.contains("config.json"))
        #expect(!absent.contains { $0.contains("/") })
    }

    @Test(
        arguments: [
            (#"{"model_type": "clyp"}"#, nil, "rinna/japanese-roberta-base"),
            (
                nil, #"{"model_cfg": {"text_cfg": {"hf_tokenizer_name": "xlm-roberta-base"}}}"#,
                "FacebookAI/xlm-roberta-base"
            ),
            (nil, #"{"text_cfg": {"hf_model_name": "maker/text"}}"#, "maker/text"),
            (#"{"model_type": "clip"}"#, nil, nil),
            (nil, #"{"text_cfg": {"hf_model_name": "../../etc"}}"#, nil),
        ] as [(String?, String?, String?)]
    )
    func aTokenizersOriginIsInTheConfiguration(
        config: String?,
        openCLIP: String?,
        repository: String?
    ) throws {
        let folder = try TemporaryFolder()
        if let config { try folder.write(Data(config.utf8), to: "config.json") }
        if let openCLIP { try folder.write(Data(openCLIP.utf8), to: "open_clip_config.json") }
        #expect(TokenizerOrigin.repository(for: folder.url)?.description == repository)
        try folder.write(Data(), to: "spiece.model")
        #expect(TokenizerOrigin.repository(for: folder.url) == nil)
    }
}
