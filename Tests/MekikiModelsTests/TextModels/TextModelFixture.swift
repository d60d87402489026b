import Foundation
import MekikiTensor
import Testing

@testable import MekikiModels

/// A folder of a text model with what the reference libraries gave for it; see Fixtures/make_text.py.
struct TextModelFixture: Sendable, CustomTestStringConvertible {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    static let encoders = [
        "text_bert_mean", "text_xlmr_cls_dense", "text_roberta_f16", "text_luke",
        "text_modernbert_v4", "text_modernbert_v5_cls",
    ].map(named)

    static let rerankers = [
        "rerank_bert_logit", "rerank_xlmr", "rerank_xlmr_old_logit", "rerank_modernbert_cls",
        "rerank_modernbert_mean",
    ].map(named)

    static let precisions: [ComputePrecision] =
        ComputePrecision.hasBFloat16 ? [.float32, .bfloat16] : [.float32]

    static func named(_ name: String) -> TextModelFixture {
        let here = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return TextModelFixture(folder: here.appending(path: "Fixtures/\(name)"))
    }

    struct Encoded: Decodable {
        var texts: [String]
        /// The ids of the texts as queries.
        var ids: [[Int32]]
        var queries: [[Float]]
        var documents: [[Float]]
    }

    struct Reranked: Decodable {
        var query: String
        var texts: [String]
        var ids: [[Int32]]
        /// Empty where the tokenizer hands none on.
        var types: [[Int32]]
        var odds: [Float]
        var scores: [Float]
    }

    func encoded() throws -> Encoded { try expected() }

    func reranked() throws -> Reranked { try expected() }

    private func expected<Value: Decodable>() throws -> Value {
        let data = try Data(contentsOf: folder.appending(path: "expected.json"))
        return try JSONDecoder().decode(Value.self, from: data)
    }
}
