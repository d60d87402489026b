import Foundation
import MekikiCore
import MekikiTensor
import MekikiTesting
import Testing

@testable import MekikiModels

@Suite struct CrossEncoderTests {
    static let workers = WorkerThreads(count: 2, name: "rerankers")

    private func reranker(
        _ folder: URL,
        _ precision: ComputePrecision = .float32
    ) throws -> CrossEncoder {
        try CrossEncoder(
            folder: TextModelFolder(folder),
            precision: precision,
            workers: Self.workers
        )
    }

    @Test(arguments: TextModelFixture.rerankers, TextModelFixture.precisions)
    func scoresEqualTheReference(
        _ fixture: TextModelFixture,
        _ precision: ComputePrecision
    ) async throws {
        let expected = try fixture.reranked()
        let reranker = try reranker(fixture.folder, precision)
        let scores = try await reranker.scores(of: expected.texts, for: expected.query)
        #expect(scores.count == expected.scores.count)
        let spread = (expected.scores.max() ?? 0) - (expected.scores.min() ?? 0)
        // bfloat16 has to be asked for; what goes without asking has a hundredth of the spread.
        let bound: Float = precision == .float32 ? 0.0001 : 0.05
        for (score, wanted) in zip(scores, expected.scores) {
            #expect(abs(score - wanted) <= bound * spread)
        }
        #expect(reranker.scale == (expected.scores == expected.odds ? .logit : .probability))
    }

    @Test func withoutAWordItComputesInFloat32() throws {
        let reranker = try reranker(TextModelFixture.named("rerank_xlmr").folder, .automatic)
        #expect(reranker.element == .float32)
    }

    @Test(arguments: TextModelFixture.rerankers)
    func pairsEqualTheReference(_ fixture: TextModelFixture) throws {
        let expected = try fixture.reranked()
        let reranker = try reranker(fixture.folder)
        for (index, text) in expected.texts.enumerated() {
            let pair = try reranker.pair(expected.query, text)
            #expect(pair.ids == expected.ids[index])
            guard !expected.types[index].isEmpty else { continue }
            #expect(pair.types == expected.types[index])
        }
    }

    @Test(arguments: TextModelFixture.rerankers, RerankerCompatibility.checks)
    func keepsTheContract(
        _ fixture: TextModelFixture,
        _ check: RerankerCompatibility.Check
    ) async throws {
        try await check.run(try reranker(fixture.folder))
    }

    @Test(arguments: RerankerCompatibility.checks)
    func theFakeKeepsTheContract(_ check: RerankerCompatibility.Check) async throws {
        try await check.run(FakeReranker())
    }

    @Test func aClassifierOfSeveralLabelsIsNoReranker() async throws {
        let fixture = TextModelFixture.named("rerank_xlmr")
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            // The header alone: one label of 32 numbers becomes two of 16.
            let url = model.url("model.safetensors")
            var data = try Data(contentsOf: url)
            let name = try #require(
                data.range(of: Data("\"classifier.out_proj.weight\"".utf8))
            )
            let shape = try #require(
                data.range(of: Data("[1,32]".utf8), in: name.upperBound..<data.endIndex)
            )
            data.replaceSubrange(shape, with: Data("[2,16]".utf8))
            try model.remove("model.safetensors")
            try data.write(to: url)
            let reranker = try reranker(model.folder)
            await #expect {
                try await reranker.scores(of: ["a"], for: "b")
            } throws: { error in
                (error as? MekikiError)?.message.contains("2 labels") == true
            }
        }
    }

    @Test(arguments: ["torch.nn.modules.activation.Tanh", "own.module.Function"])
    func anotherActivationIsRefused(_ name: String) async throws {
        let fixture = TextModelFixture.named("rerank_bert_logit")
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            try model.replace("torch.nn.modules.linear.Identity", by: name, in: "config.json")
            #expect(throws: MekikiError.self) { try reranker(model.folder) }
        }
    }

    @Test func aShortenedLengthCutsPairs() throws {
        let folder = try TextModelFolder(TextModelFixture.named("rerank_xlmr").folder)
        let reranker = try CrossEncoder(folder: folder, maximumLength: 12, workers: Self.workers)
        let pair = try reranker.pair("a b c d e f g h", String(repeating: "sea ", count: 50))
        #expect(pair.ids.count == 12)
    }
}
