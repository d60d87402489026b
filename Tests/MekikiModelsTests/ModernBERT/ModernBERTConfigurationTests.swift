import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite struct ModernBERTConfigurationTests {
    private func read(_ json: String) throws -> ModernBERTConfiguration {
        try ModernBERTConfiguration(json: Data(json.utf8))
    }

    @Test func bothDialectsSayTheSame() throws {
        let old = try read(
            """
            {"num_hidden_layers": 4, "global_attn_every_n_layers": 3, "local_attention": 128,
             "global_rope_theta": 150000.0, "local_rope_theta": 20000.0}
            """
        )
        let new = try read(
            """
            {"num_hidden_layers": 4, "local_attention": 128, "layer_types": ["full_attention",
             "sliding_attention", "sliding_attention", "full_attention"], "rope_parameters": {
             "full_attention": {"rope_theta": 150000.0, "rope_type": "default"},
             "sliding_attention": {"rope_theta": 20000.0, "rope_type": "default"}}}
            """
        )
        #expect(old == new)
        #expect(old.layers == [.global, .local, .local, .global])
        #expect(old.window == 64 && old.globalTheta == 150_000 && old.localTheta == 20_000)
    }

    @Test func whatIsAbsentHasTheDefaultOfItsClass() throws {
        let configuration = try read("{}")
        #expect(configuration.width == 768 && configuration.layers.count == 22)
        #expect(configuration.globalTheta == 160_000 && configuration.localTheta == 10_000)
        #expect(!configuration.normsHaveBias && configuration.longestText == 8192)
    }

    @Test(
        arguments: [
            #"{"num_hidden_layers": 0}"#, #"{"layer_types": ["full_attention"]}"#,
            #"{"hidden_size": 9, "num_attention_heads": 3}"#, #"{"local_rope_theta": -1.0}"#,
            #"{"num_hidden_layers": 1000000}"#, #"{"global_attn_every_n_layers": 0}"#,
            #"{"local_attention": -4}"#,
        ]
    )
    func damageIsRefused(_ json: String) {
        #expect { try read(json) } throws: { ($0 as? MekikiError)?.code == .badData }
    }

    @Test(
        arguments: [
            #"{"num_hidden_layers": 1, "layer_types": ["linear_attention"]}"#,
            #"{"rope_parameters": {"full_attention": {"rope_theta": 1e4, "rope_type": "yarn"}}}"#,
            #"{"hidden_activation": "relu"}"#,
        ]
    )
    func whatIsNotSupportedIsNamed(_ json: String) {
        #expect { try read(json) } throws: { ($0 as? MekikiError)?.code == .configuration }
    }
}
