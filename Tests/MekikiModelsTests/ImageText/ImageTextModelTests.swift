import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

@Suite struct ImageTextModelTests {
    static let workers = WorkerThreads(count: 2, name: "models")

    private func open(_ folder: URL) throws -> ImageTextModel {
        try ImageTextModel(
            folder: ModelFolder(folder),
            name: "a/b",
            precision: .float32,
            workers: Self.workers
        )
    }

    @Test func bothEncodersShareOneSpace() throws {
        let fixture = ModelFixture.named("clip_gelu")
        let model = try open(fixture.folder)
        #expect(model.imageEncoder.space == model.textEncoder.space)
        #expect(model.space.model == "a/b" && model.space.dimension == 24)
        #expect(model.space.revision == (try ModelFolder(fixture.folder).revision()))
    }

    @Test func vectorsDoNotDependOnTheBatch() async throws {
        let fixture = ModelFixture.named("clip_gelu")
        let model = try open(fixture.folder)
        let pictures = try fixture.pictures()
        let many = (0..<41).map { pictures[$0 % pictures.count] }
        let vectors = try await model.imageEncoder.encode(preprocessed: many)
        #expect(vectors.count == 41)
        for (index, vector) in vectors.enumerated() {
            let alone = vectors[index % pictures.count]
            #expect(VectorDistance.between(vector.values, alone.values) < 1e-5)
        }
        let ids = try fixture.ids()
        let texts = (0..<100).map { ids[$0 % ids.count] }
        for (index, vector) in try await model.textEncoder.encode(tokens: texts).enumerated() {
            let alone = try await model.textEncoder.encode(tokens: [ids[index % ids.count]])
            #expect(VectorDistance.between(vector.values, alone[0].values) < 1e-5)
        }
    }

    @Test func noInputGivesNoOutput() async throws {
        let model = try open(ModelFixture.named("clip_gelu").folder)
        #expect(try await model.imageEncoder.encode([]).isEmpty)
        #expect(try await model.textEncoder.encode(tokens: []).isEmpty)
    }

    @Test func picturesOfAnySizeAreEncoded() async throws {
        let model = try open(ModelFixture.named("clip_gelu").folder)
        let pictures = [(40, 60), (300, 31), (1, 1)].map { width, height in
            PixelBuffer(
                width: width,
                height: height,
                bytes: (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 * 7) }
            )
        }
        let vectors = try await model.imageEncoder.encode(pictures)
        #expect(vectors.count == 3 && vectors.allSatisfy { $0.dimension == 24 })
        #expect(VectorDistance.between(vectors[0].values, vectors[1].values) > 0.01)
    }

    @Test func manyCallersLoadATowerOnce() async throws {
        let fixture = ModelFixture.named("clip_quick_gelu_f16")
        let model = try open(fixture.folder)
        let ids = try fixture.ids()
        let expected = try fixture.textVectors()
        try await withThrowingTaskGroup(of: Float.self) { group in
            for index in 0..<24 {
                group.addTask {
                    let place = index % ids.count
                    let vectors = try await model.textEncoder.encode(tokens: [ids[place]])
                    return VectorDistance.between(vectors[0].values, expected[place])
                }
            }
            for try await distance in group { #expect(distance < 0.001) }
        }
    }

    @Test func idsBeyondTheVocabularyAreAnError() async throws {
        let model = try open(ModelFixture.named("clip_gelu").folder)
        for ids: [Int32] in [[97, 99, 98], [97, -1, 98], []] {
            let error = try await #require(throws: MekikiError.self) {
                try await model.textEncoder.encode(tokens: [ids])
            }
            #expect(error.code == .badData)
        }
    }

    @Test func tooLongATextIsAnError() async throws {
        let model = try open(ModelFixture.named("clip_gelu").folder)
        let ids = [Int32](repeating: 5, count: 16) + [98]
        let error = try await #require(throws: MekikiError.self) {
            try await model.textEncoder.encode(tokens: [ids])
        }
        #expect(error.message.contains("17") && error.message.contains("16"))
    }

    @Test func weightsOfZerosAreCalledDamaged() async throws {
        try await TemporaryModel.with(.named("clip_gelu")) { model in
            // Everything but the first kilobytes after the header, as a broken download leaves it.
            try model.zeroTail(200_000, of: "model.safetensors")
            let clip = try open(model.folder)
            let error = try await #require(throws: MekikiError.self) {
                try await clip.imageEncoder.encode(
                    preprocessed: ModelFixture.named("clip_gelu").pictures()
                )
            }
            #expect(error.code == .badData)
            #expect(error.message.contains("damaged"))
            #expect(error.subject == model.folder.path)
        }
    }

    @Test func aMissingTensorIsNamed() async throws {
        try await TemporaryModel.with { model in
            try model.replace(
                #""num_hidden_layers": 1"#,
                by: #""num_hidden_layers": 2"#,
                in: "config.json"
            )
            let clip = try open(model.folder)
            let error = try await #require(throws: MekikiError.self) {
                try await clip.textEncoder.encode(tokens: [[97, 5, 60]])
            }
            #expect(error.code == .badData)
            #expect(error.message.contains("text_model.encoder.layers.1."))
        }
    }

    @Test func anotherShapeIsNamed() async throws {
        try await TemporaryModel.with { model in
            try model.replace(
                #""vocab_size": 99"#,
                by: #""vocab_size": 98"#,
                in: "config.json"
            )
            let clip = try open(model.folder)
            let error = try await #require(throws: MekikiError.self) {
                try await clip.textEncoder.encode(tokens: [[97, 5, 60]])
            }
            #expect(error.message.contains("token_embedding"))
            #expect(error.message.contains("[99, 40]") && error.message.contains("[98, 40]"))
        }
    }

    @Test func aPreprocessorOfAnotherSizeIsRefused() async throws {
        try await TemporaryModel.with { model in
            try model.replace("32", by: "40", in: "preprocessor_config.json")
            let error = try #require(throws: MekikiError.self) { try open(model.folder) }
            #expect(error.code == .badData)
            #expect(error.message.contains("40 x 40") && error.message.contains("32 x 32"))
        }
    }
}
