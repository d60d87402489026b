import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct CLIPConfigurationTests {
    private func read(_ json: String) throws -> CLIPConfiguration {
        try CLIPConfiguration(json: Data(json.utf8))
    }

    @Test func whatIsAbsentHasTheDefaultsOfTheClasses() throws {
        let configuration = try read(#"{"model_type": "clip"}"#)
        #expect(configuration.projectionDimension == 512)
        #expect(
            configuration.vision.shape
                == TransformerShape(
                    width: 768,
                    layers: 12,
                    heads: 12,
                    hiddenWidth: 3072,
                    activation: .quickGELU,
                    epsilon: 1e-5,
                    isCausal: false
                )
        )
        #expect(configuration.vision.imageSize == 224 && configuration.vision.patchSize == 32)
        #expect(configuration.vision.grid.tokens == 50)
        #expect(
            configuration.text.shape
                == TransformerShape(
                    width: 512,
                    layers: 12,
                    heads: 8,
                    hiddenWidth: 2048,
                    activation: .quickGELU,
                    epsilon: 1e-5,
                    isCausal: true
                )
        )
        #expect(configuration.text.vocabularySize == 49408)
        #expect(configuration.text.maximumLength == 77)
        #expect(configuration.text.reading == .token(49407))
    }

    @Test func valuesAreTakenFromTheFile() throws {
        let configuration = try read(
            """
            {"projection_dim": 256, "dtype": "float16",
             "text_config": {"model_type": "clip_text_model", "hidden_size": 64,
              "intermediate_size": 100, "num_hidden_layers": 3, "num_attention_heads": 4,
              "hidden_act": "gelu", "layer_norm_eps": 1e-6, "vocab_size": 600,
              "max_position_embeddings": 48, "eos_token_id": 599},
             "vision_config": {"model_type": "clip_vision_model", "hidden_size": 96,
              "num_attention_heads": 6, "hidden_act": "gelu_pytorch_tanh", "image_size": 130,
              "patch_size": 16}}
            """
        )
        #expect(configuration.projectionDimension == 256)
        #expect(configuration.text.shape.layers == 3)
        #expect(configuration.text.shape.activation == .gelu)
        #expect(configuration.text.shape.epsilon == 1e-6)
        #expect(configuration.text.reading == .token(599))
        #expect(configuration.vision.shape.activation == .geluTanh)
        #expect(configuration.vision.grid.tokens == 65)
    }

    /// As transformers does: such a section counts alone, with its own defaults.
    @Test func aDictSectionReplacesTheOther() throws {
        let configuration = try read(
            """
            {"text_config": {"hidden_size": 64, "hidden_act": "gelu", "eos_token_id": 2},
             "text_config_dict": {"hidden_size": 768, "num_attention_heads": 12},
             "vision_config": {"patch_size": 16}, "vision_config_dict": null}
            """
        )
        #expect(configuration.text.shape.width == 768)
        #expect(configuration.text.shape.activation == .quickGELU)
        #expect(configuration.text.reading == .token(49407))
        #expect(configuration.vision.patchSize == 16)
    }

    @Test func theOldEndTokenMeansTheLargest() throws {
        let configuration = try read(#"{"text_config": {"eos_token_id": 2}}"#)
        #expect(configuration.text.reading == .largestToken)
    }

    @Test func metaCLIP2HasSectionsAndAnEndTokenOfItsOwn() throws {
        let configuration = try read(
            """
            {"model_type": "metaclip_2",
             "text_config": {"model_type": "metaclip_2_text_model", "eos_token_id": 2},
             "vision_config": {"model_type": "metaclip_2_vision_model"}}
            """
        )
        #expect(configuration.text.reading == .token(2))
    }

    @Test(arguments: [
        (#"{"text_config": {"hidden_act": "silu"}}"#, "silu"),
        (#"{"vision_config": {"model_type": "vit"}}"#, "vit"),
        (#"{"text_config": {"model_type": "roberta"}}"#, "roberta"),
        (#"{"vision_config": {"num_channels": 4}}"#, "num_channels"),
    ])
    func whatIsNotSupportedIsNamed(_ json: String, _ word: String) throws {
        let error = try #require(throws: MekikiError.self) { try read(json) }
        #expect(error.code == .configuration)
        #expect(error.message.contains(word))
    }

    @Test(arguments: [
        #"{"vision_config": {"hidden_size": 0}}"#,
        #"{"vision_config": {"num_hidden_layers": -1}}"#,
        #"{"vision_config": {"hidden_size": 768, "num_attention_heads": 7}}"#,
        #"{"vision_config": {"patch_size": 300}}"#,
        #"{"vision_config": {"image_size": 9000000000000000000}}"#,
        #"{"text_config": {"vocab_size": 0}}"#,
        #"{"text_config": {"hidden_size": "wide"}}"#,
        #"{"text_config": {"layer_norm_eps": -1}}"#,
        #"{"projection_dim": 0}"#,
    ])
    func whatMakesNoModelIsBadData(_ json: String) throws {
        let error = try #require(throws: MekikiError.self) { try read(json) }
        #expect(error.code == .badData)
    }
}
