import Foundation
import MekikiCore
import MekikiTensor

/// Checkpoints of PyTorch's: the archive, the pickle in it, every tensor, and several files with an
/// index.
struct CheckpointReader: FuzzedReader {
    /// More would be the fuzzer's own work: all tensors may be views of one storage.
    private static let tensors = 64

    private let folder: InputFolder

    init() throws {
        folder = try InputFolder(
            copying: "Tests/MekikiTensorTests/Fixtures/checkpoints/sharded",
            names: [
                "pytorch_model.bin", "pytorch_model.bin.index.json",
                "pytorch_model-00001-of-00002.bin",
            ],
            others: ["pytorch_model-00002-of-00002.bin"]
        )
    }

    func accepts(_ data: Data) -> Bool {
        folder.with(data) {
            succeeds([.badData, .noInput, .configuration]) {
                let weights = try Weights(folder: folder.url)
                for name in weights.names.prefix(Self.tensors) {
                    guard let entry = weights.entry(named: name) else {
                        fatalError("a name without a tensor")
                    }
                    guard entry.element.isWeight else { continue }
                    let floats = try weights.floats(name, shape: entry.shape)
                    guard entry.shape.count == 2, entry.shape[0] > 0 else { continue }
                    let columns = entry.shape[1]
                    var row = [Float](repeating: 0, count: columns + 1)
                    let table = try weights.table(name, rows: entry.shape[0], columns: columns)
                    row.withUnsafeMutableBufferPointer { buffer in
                        guard let base = buffer.baseAddress else { return }
                        table.copyRow(entry.shape[0] - 1, to: base)
                    }
                    guard
                        zip(row, floats.suffix(columns)).allSatisfy({
                            $0.bitPattern == $1.bitPattern
                        })
                    else { fatalError("a row that is not in its tensor") }
                }
            }
        }
    }

    func mutate(_ input: [UInt8], using random: inout SplitMix64) -> [UInt8]? {
        guard let choice = input.first else { return nil }
        let file = Array(input.dropFirst())
        let mutated =
            choice % 3 == 1
            ? JSONMutation.mutate(file, using: &random)
            : CheckpointMutation.mutate(file, using: &random)
        return mutated.map { [choice] + $0 }
    }
}
