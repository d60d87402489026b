import Foundation
import MekikiCore
import Testing

@testable import MekikiModels

@Suite struct PoolingFileTests {
    private func pooling(_ json: String) throws -> TextPooling {
        try JSONDecoder().decode(PoolingFile.self, from: Data(json.utf8)).pooling()
    }

    @Test func bothFormsAreRead() throws {
        #expect(try pooling(#"{"pooling_mode": "cls"}"#) == .first)
        #expect(try pooling(#"{"pooling_mode": ["mean"]}"#) == .mean)
        #expect(
            try pooling(
                #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#
            ) == .first
        )
        #expect(try pooling(#"{"pooling_mode_mean_tokens": true}"#) == .mean)
        #expect(try pooling(#"{"word_embedding_dimension": 384}"#) == .mean)
        #expect(try pooling(#"{"pooling_mode_mean_sqrt_len_tokens": true}"#) == .mean)
    }

    @Test(
        arguments: [
            #"{"pooling_mode": "lasttoken"}"#,
            #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#,
            #"{"pooling_mode": "mean", "include_prompt": false}"#,
        ]
    )
    func otherWaysAreRefused(_ json: String) {
        #expect(throws: MekikiError.self) { try pooling(json) }
    }
}
