import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct SigLIPModelTests {
    static let workers = WorkerThreads(count: 1, name: "siglip")

    /// The tower sees its padding: without it, vectors would be wrong and nobody would notice.
    @Test func aTextWithoutItsPaddingIsAnError() async throws {
        let fixture = ModelFixture.named("siglip")
        let model = try fixture.open(workers: Self.workers)
        let error = try await #require(throws: MekikiError.self) {
            try await model.textEncoder.encode(tokens: [[5, 6, 1]])
        }
        #expect(error.code == .badData && error.message.contains("12"))
    }

    @Test func aTextOfWordsIsPadded() async throws {
        let model = try ModelFixture.named("siglip").open(workers: Self.workers)
        let ids = try model.textEncoder.tokenize("a red bird")
        #expect(ids.count == 12 && ids.last == 1)
        let vectors = try await model.textEncoder.encode(["a red bird", "A  RED bird!!", "cats"])
        #expect(VectorDistance.between(vectors[0].values, vectors[1].values) < 1e-5)
        #expect(VectorDistance.between(vectors[0].values, vectors[2].values) > 0.1)
    }

    @Test func theOtherKindOfTokenizerIsTold() throws {
        let second = try ModelFixture.named("siglip2").open(workers: Self.workers)
        // Punctuation stays, letters are lowered.
        #expect(
            try second.textEncoder.tokenize("Red!") == (try second.textEncoder.tokenize("red!"))
        )
        #expect(
            try second.textEncoder.tokenize("red!") != (try second.textEncoder.tokenize("red"))
        )
    }

    @Test func aHeadThatIsMissingIsNamed() async throws {
        try await TemporaryModel.with(.named("siglip")) { model in
            try model.replace(
                #""siglip_vision_model","#,
                by: #""siglip_vision_model", "vision_use_head": false,"#,
                in: "config.json"
            )
            let error = try #require(throws: MekikiError.self) {
                try ModelFixture(folder: model.folder).open(workers: Self.workers)
            }
            #expect(error.code == .configuration && error.message.contains("vision_use_head"))
        }
    }
}
