import Foundation
import MekikiCore
import MekikiModels

/// What a model's folder says about the model: its configurations, and what is computed by them.
struct ConfigurationReader: FuzzedReader {
    private let folder: InputFolder
    private let model: OpenedModel

    init() throws {
        folder = try InputFolder(
            copying: "Tests/MekikiModelsTests/Fixtures/clip_gelu",
            names: ["config.json", "preprocessor_config.json"],
            others: ["model.safetensors"]
        )
        model = OpenedModel(folder: folder.url)
    }

    func accepts(_ data: Data) -> Bool {
        folder.with(data) {
            succeeds([.badData, .noInput, .configuration]) { try model.encode() }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let choice = input.first else { return nil }
        return JSONMutation.mutate(Array(input.dropFirst()), using: &random).map { [choice] + $0 }
    }
}
