import Foundation
import Testing

/// `rerank`, and `embed` and `tokenize` with models of texts.
@Suite(.serialized) struct TextModelCommandTests {
    private let program: BuiltProgram

    init() throws { program = try BuiltProgram() }

    private func model(_ name: String) -> String {
        BuiltProgram.checkout.appending(path: "Tests/MekikiModelsTests/Fixtures/\(name)").path
    }

    @Test func textsComeWithTheBestFirst() throws {
        let texts = ["two dogs in the snow", "a red boat at sea", "猫"]
        let line = ["rerank", "--model", model("rerank_xlmr"), "--json", "a boat"]
        let outcome = try program.run(line + texts)
        #expect(outcome.status == 0)
        let scores = outcome.documents.compactMap { $0["score"] as? Double }
        #expect(scores.count == 3)
        #expect(scores == scores.sorted(by: >))
        #expect(scores.allSatisfy { (0...1).contains($0) })
        for document in outcome.documents {
            let index = try #require(document["index"] as? Int)
            #expect(document["text"] as? String == texts[index])
            #expect(document["scale"] as? String == "probability")
        }
        let plain = try program.run(
            ["rerank", "--limit", "2", "--model", model("rerank_xlmr"), "a boat"] + texts
        )
        #expect(plain.output.split(separator: "\n").count == 2)
        let best = try #require(outcome.documents.first?["text"] as? String)
        #expect(plain.output.split(separator: "\n").first?.hasSuffix(best) == true)
    }

    @Test func textsMayBeLinesOfStandardInput() throws {
        let outcome = try program.run(
            shell: "rerank --model '\(model("rerank_bert_logit"))' --json sea <<< $'a boat\\n\\n猫'"
        )
        #expect(outcome.status == 0)
        #expect(Set(outcome.documents.map { $0["text"] as? String }) == ["a boat", "猫"])
        #expect(outcome.documents.first?["scale"] as? String == "logit")
    }

    @Test func queriesAndDocumentsHaveVectorsOfTheirOwn() throws {
        let line = ["embed", "--json", "--model", model("text_bert_mean"), "--text", "a boat"]
        let query = try program.run(line)
        let document = try program.run(line + ["--as", "document"])
        #expect(query.status == 0 && document.status == 0)
        let vectors = [query, document].compactMap { $0.documents.first?["vector"] as? [Double] }
        #expect(vectors.count == 2)
        #expect(vectors.first != vectors.last)
        #expect(try program.run(line + ["--as", "query"]).output == query.output)
    }

    @Test func pairsAreTokenizedAsTheyAreRead() throws {
        let outcome = try program.run(
            "tokenize",
            "--pairs",
            "--json",
            "--model",
            model("rerank_bert_logit"),
            "a boat",
            "sea"
        )
        let document = try #require(outcome.documents.first)
        let ids = try #require(document["ids"] as? [Int])
        let types = try #require(document["types"] as? [Int])
        #expect(ids.first == 2 && ids.last == 3)
        #expect(ids.count == types.count && types.first == 0 && types.last == 1)
    }

    @Test func aFolderOfAnotherKindIsNamed() throws {
        let images = BuiltProgram.checkout.appending(path: "Models/starter").path
        let cases: [([String], String)] = [
            (["rerank", "--model", images, "a", "b"], "images and texts"),
            (["rerank", "--model", model("text_luke"), "a", "b"], "no reranker"),
            (["embed", "--model", model("rerank_xlmr"), "--text", "a"], "rerank"),
        ]
        for (line, words) in cases {
            let outcome = try program.run(line)
            #expect(outcome.status == 78)
            #expect(outcome.errors.contains(words))
            #expect(outcome.output.isEmpty)
        }
        let picture = try #require(BuiltProgram.sampleFiles().first).path
        let outcome = try program.run(
            "embed",
            "--model",
            model("text_luke"),
            "--image",
            picture
        )
        #expect(outcome.status == 64)
    }
}
