import Foundation
import MekikiCore
import MekikiModels
import MekikiTensor

/// Weights: the file's header, every tensor, and a model made of them.
struct SafetensorsReader: FuzzedReader {
    private let folder: InputFolder
    private let model: OpenedModel

    init() throws {
        folder = try InputFolder(
            copying: "Tests/MekikiModelsTests/Fixtures/clip_gelu",
            names: ["model.safetensors", "model.safetensors.index.json"],
            others: ["config.json", "preprocessor_config.json"]
        )
        model = OpenedModel(folder: folder.url)
    }

    func accepts(_ data: Data) -> Bool {
        folder.with(data) {
            succeeds([.badData, .noInput, .configuration]) {
                let name = "model.safetensors"
                let file = try Safetensors(contentsOf: folder.url.appending(path: name))
                for (name, entry) in file.entries {
                    guard entry.element.isWeight else { continue }
                    _ = try file.floats(named: name)
                    if entry.shape.count == 2, entry.shape[0] > 0 {
                        let row = UnsafeMutablePointer<Float>.allocate(capacity: entry.shape[1] + 1)
                        try Weights(folder: folder.url)
                            .table(name, rows: entry.shape[0], columns: entry.shape[1])
                            .copyRow(entry.shape[0] - 1, to: row)
                        row.deallocate()
                    }
                }
                try model.encode()
            }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let choice = input.first else { return nil }
        let file = Array(input.dropFirst())
        let mutated =
            choice % 2 == 0
            ? SafetensorsMutation.mutate(file, using: &random)
            : JSONMutation.mutate(file, using: &random)
        return mutated.map { [choice] + $0 }
    }
}
