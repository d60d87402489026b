import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite struct BERTConfigurationTests {
    private func read(_ json: String) throws -> BERTConfiguration {
        try BERTConfiguration(json: Data(json.utf8))
    }

    @Test func whatIsAbsentHasTheDefaultOfItsClass() throws {
        let bert = try read(#"{"model_type": "bert"}"#)
        #expect(bert.width == 768 && bert.layers == 12 && bert.vocabularySize == 30522)
        #expect(bert.positionOffset == 0 && bert.longestText == 512 && bert.epsilon == 1e-12)
        let roberta = try read(#"{"model_type": "roberta"}"#)
        #expect(roberta.vocabularySize == 50265 && roberta.positionOffset == 2)
    }

    @Test func positionsBeginBehindThePadding() throws {
        let large = try read(
            #"{"model_type": "xlm-roberta", "max_position_embeddings": 8194, "pad_token_id": 1}"#
        )
        #expect(large.longestText == 8192)
        let rinna = try BERTConfigurationFile.read(
            Data(#"{"model_type": "roberta", "pad_token_id": 3}"#.utf8)
        )
        #expect(try rinna.configuration().positionOffset == 4)
        #expect(try rinna.configuration(positionsFromZero: true).positionOffset == 0)
    }

    @Test(
        arguments: [
            #"{"model_type": "bert", "hidden_size": 0}"#,
            #"{"model_type": "bert", "hidden_size": 100, "num_attention_heads": 3}"#,
            #"{"model_type": "bert", "type_vocab_size": -1}"#,
            #"{"model_type": "bert", "num_hidden_layers": 1000000}"#,
            #"{"model_type": "roberta", "max_position_embeddings": 3, "pad_token_id": 1}"#,
            #"{"model_type": "roberta", "pad_token_id": -5}"#,
            #"{"model_type": "bert", "layer_norm_eps": -1}"#,
            #"{"model_type": "bert", "vocab_size": "many"}"#,
        ]
    )
    func damageIsRefused(_ json: String) {
        #expect { try read(json) } throws: { ($0 as? MekikiError)?.code == .badData }
    }

    @Test(
        arguments: [
            #"{"model_type": "gpt2"}"#, #"{"model_type": "bert", "hidden_act": "relu"}"#,
            #"{"model_type": "bert", "position_embedding_type": "relative_key"}"#,
            #"{"model_type": "bert", "is_decoder": true}"#,
        ]
    )
    func whatIsNotSupportedIsNamed(_ json: String) {
        #expect { try read(json) } throws: { ($0 as? MekikiError)?.code == .configuration }
    }
}
