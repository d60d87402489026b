import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct TextModelFolderTests {
    private static let workers = WorkerThreads(count: 1, name: "text model folder")

    private func encoder(_ folder: URL) throws -> TransformerTextEncoder {
        try TransformerTextEncoder(
            folder: TextModelFolder(folder),
            name: "test",
            precision: .float32,
            workers: Self.workers
        )
    }

    private func error(_ body: () throws -> Void) -> MekikiError? {
        do {
            try body()
        } catch let error as MekikiError {
            return error
        } catch {}
        return nil
    }

    @Test(arguments: TextModelFixture.encoders)
    func encodersAreRecognised(_ fixture: TextModelFixture) throws {
        #expect(try TextModelFolder(fixture.folder).kind == .encoder)
        #expect(TextModelFolder.holdsTextModel(fixture.folder))
    }

    @Test(arguments: TextModelFixture.rerankers)
    func rerankersAreRecognised(_ fixture: TextModelFixture) throws {
        #expect(try TextModelFolder(fixture.folder).kind == .reranker)
        let error = error { _ = try encoder(fixture.folder) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("reranker") == true)
    }

    @Test func aModelOfImagesIsNamedAsSuch() throws {
        let folder = ModelFixture.named("clip_gelu").folder
        #expect(!TextModelFolder.holdsTextModel(folder))
        let error = error { _ = try TextModelFolder(folder) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("images and texts") == true)
    }

    @Test func anEncoderIsNoReranker() throws {
        let folder = TextModelFixture.named("text_bert_mean").folder
        let error = error {
            _ = try CrossEncoder(folder: TextModelFolder(folder), workers: Self.workers)
        }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("no reranker") == true)
    }

    @Test func aMissingFolderIsSaid() throws {
        let error = error { _ = try TextModelFolder(URL(filePath: "/nowhere/at/all")) }
        #expect(error?.code == .noInput)
    }

    @Test func aStepThatIsNotKnownIsNamed() async throws {
        try await TemporaryModel.with(copyOf: TextModelFixture.named("text_bert_mean").folder) {
            model in
            try model.replace("Normalize\"", by: "LSTM\"", in: "modules.json")
            let error = error { _ = try encoder(model.folder) }
            #expect(error?.code == .configuration)
            #expect(error?.message.contains("LSTM") == true)
        }
    }

    @Test func stepsMayNotLieOutsideTheFolder() async throws {
        try await TemporaryModel.with(copyOf: TextModelFixture.named("text_bert_mean").folder) {
            model in
            try model.replace("1_Pooling", by: "../1_Pooling", in: "modules.json")
            #expect(error { _ = try TextModelFolder(model.folder) }?.code == .badData)
        }
    }

    @Test func withoutModulesTheMeanIsTaken() async throws {
        let fixture = TextModelFixture.named("text_bert_mean")
        let expected = try fixture.encoded()
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            try model.remove("modules.json")
            let vectors = try await encoder(model.folder).encode(expected.texts)
            for (vector, reference) in zip(vectors, expected.queries) {
                #expect(VectorDistance.between(vector.values, reference) < 0.001)
            }
        }
    }

    @Test func theTransformerMayLieInAFolderOfItsOwn() async throws {
        let fixture = TextModelFixture.named("text_bert_mean")
        let expected = try fixture.encoded()
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            let inner = model.url("0_Transformer")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: false)
            for name in [
                "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json",
                "sentence_bert_config.json",
            ] {
                try FileManager.default.moveItem(
                    at: model.url(name),
                    to: inner.appending(path: name)
                )
            }
            try model.replace(
                "\"path\": \"\"",
                by: "\"path\": \"0_Transformer\"",
                in: "modules.json"
            )
            let encoder = try encoder(model.folder)
            let vectors = try await encoder.encode(expected.texts)
            for (vector, reference) in zip(vectors, expected.queries) {
                #expect(VectorDistance.between(vector.values, reference) < 0.001)
            }
        }
    }

    @Test func otherPromptsAreAnotherRevision() async throws {
        let fixture = TextModelFixture.named("text_bert_mean")
        let revision = try TextModelFolder(fixture.folder).revision()
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            #expect(try TextModelFolder(model.folder).revision() == revision)
            try model.replace(
                "passage: ",
                by: "document: ",
                in: "config_sentence_transformers.json"
            )
            #expect(try TextModelFolder(model.folder).revision() != revision)
        }
    }

    @Test func aShortenedLengthCutsTexts() throws {
        let folder = try TextModelFolder(TextModelFixture.named("text_modernbert_v4").folder)
        let encoder = try TransformerTextEncoder(
            folder: folder,
            name: "test",
            maximumLength: 10,
            workers: Self.workers
        )
        let ids = try encoder.tokenize(String(repeating: "sea ", count: 50))
        #expect(ids.count == 10)
        #expect(ids.last == 2)
    }

    @Test(arguments: ["text_bert_mean", "text_modernbert_v4"])
    func weightsOfZerosAreNoModel(_ name: String) async throws {
        let fixture = TextModelFixture.named(name)
        try await TemporaryModel.with(copyOf: fixture.folder) { model in
            let bytes = try Data(contentsOf: model.url("model.safetensors")).count
            try model.zeroTail(bytes - 8000, of: "model.safetensors")
            let encoder = try encoder(model.folder)
            await #expect(throws: MekikiError.self) { try await encoder.encode(["a"]) }
        }
    }

    @Test func tokensThatTheModelLacksAreRefused() async throws {
        let encoder = try encoder(TextModelFixture.named("text_bert_mean").folder)
        for ids in [[2, 30_000, 3], [2, -1, 3], [], [Int32](repeating: 5, count: 60)] as [[Int32]] {
            await #expect(throws: MekikiError.self) { try await encoder.encode(tokens: [ids]) }
        }
    }
}
