import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

/// Names that nobody has seen are found, or told.
@Suite struct DetectedTensorsTests {
    private func detect(_ fixture: String) throws -> DetectedTensors {
        let folder = ModelFixture.named(fixture).folder
        return try DetectedTensors(
            Weights(folder: folder),
            configuration: ConfigurationSection(
                contentsOf: folder.appending(path: "config.json")
            ).section("vision_config")
        )
    }

    @Test func towersAreFoundByTheirNames() throws {
        let rinna = try detect("rinna_clip")
        #expect(rinna.vision.transformer.names == .vit && rinna.textPrefix == "text_model.")
        let recruit = try detect("recruit_clip")
        #expect(recruit.vision.transformer.names == .openCLIP)
        #expect(recruit.vision.grid.imageSize == 24 && recruit.vision.shape.heads == 2)
    }

    @Test func whatHasNoPlaceIsListed() async throws {
        try await TemporaryModel.with(.named("rinna_clip")) { model in
            let name = "model.safetensors"
            // Of the same length, so that the header stays whole.
            try model.replaceBytes("text_projection.weight", by: "text_confection.weight", in: name)
            let error = try #require(throws: MekikiError.self) {
                try ImageTextModel(
                    folder: ModelFolder(model.folder),
                    name: "test",
                    workers: WorkerThreads(count: 1, name: "detection")
                )
            }
            #expect(error.code == .configuration)
            #expect(error.message.contains("text_confection.weight"))
            #expect(!error.message.contains("text_model.encoder.layer.N"))
        }
    }
}
