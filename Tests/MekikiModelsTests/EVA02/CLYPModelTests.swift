import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct CLYPModelTests {
    static let workers = WorkerThreads(count: 1, name: "clyp")

    private func open(_ folder: URL) throws -> ImageTextModel {
        try ModelFixture(folder: folder).open(workers: Self.workers)
    }

    @Test func theDimensionIsThatOfTheProjection() throws {
        #expect(
            try ModelFixture.named("line_clip").open(workers: Self.workers).space.dimension == 20
        )
        let second = try ModelFixture.named("line_clip_v2").open(workers: Self.workers)
        #expect(second.space.dimension == 12 && second.imageSize == 48)
    }

    @Test func theFileChoosesTheNormalization() async throws {
        try await TemporaryModel.with(.named("line_clip")) { model in
            let picture = PixelBuffer(width: 2, height: 2, bytes: .init(repeating: 200, count: 12))
            let before = try await open(model.folder).imageEncoder.encode([picture])
            let name = "preprocessor_config.json"
            try model.replace(#""imagenet""#, by: #""openai_clip""#, in: name)
            let after = try await open(model.folder).imageEncoder.encode([picture])
            #expect(VectorDistance.between(before[0].values, after[0].values) > 1e-3)
            try model.replace(#""openai_clip""#, by: #""mean""#, in: name)
            let error = try #require(throws: MekikiError.self) { try open(model.folder) }
            #expect(error.code == .configuration)
            #expect(error.message.contains("normalization_type"))
        }
    }

    @Test func aMissingTokenizerIsNamedWithItsSource() async throws {
        try await TemporaryModel.with(.named("line_clip_v2")) { model in
            try model.remove("spiece.model")
            let error = try #require(throws: MekikiError.self) { try open(model.folder) }
            #expect(error.code == .noInput)
            #expect(error.message.contains("rinna/japanese-roberta-base"))
        }
    }

    @Test func aTokenizerMayLieInAnotherRepository() async throws {
        let whole = ModelFixture.named("line_clip_v2")
        try await TemporaryModel.with(whole) { model in
            try model.remove("spiece.model")
            try model.remove("tokenizer_config.json")
            let lent = try ImageTextModel(
                folder: ModelFolder(model.folder, tokenizerFolder: whole.folder),
                name: "test",
                workers: Self.workers
            )
            for (sentence, ids) in try whole.sentences() {
                #expect(try lent.textEncoder.tokenize(sentence) == ids)
            }
        }
    }

    @Test func anotherBackboneIsNamed() async throws {
        try await TemporaryModel.with(.named("line_clip")) { model in
            try model.replace("eva02_base", by: "convnext_base", in: "config.json")
            let error = try #require(throws: MekikiError.self) { try open(model.folder) }
            #expect(error.code == .configuration && error.message.contains("convnext_base"))
        }
    }
}
