import Foundation
import MekikiTesting

@testable import MekikiTensor

/// Checkpoints: those that `Fixtures/make_checkpoints.py` made with PyTorch, and ones made by hand.
enum CheckpointSample {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/checkpoints")

    /// What PyTorch had in each tensor.
    struct Expected: Decodable {
        var shape: [Int]
        var values: [Double]
    }

    static func expected() throws -> [String: [String: Expected]] {
        let data = try Data(contentsOf: folder.appending(path: "expected.json"))
        return try JSONDecoder().decode([String: [String: Expected]].self, from: data)
    }

    /// The numbers 1, 2, 3 and 4 as a tensor of 2 x 2, changed before they are written.
    static func bytes(
        files: [StoredArchiveWriter.File] = [],
        _ change: (inout PickledTensor) -> Void = { _ in }
    ) -> [UInt8] {
        var tensor = PickledTensor("FloatStorage", key: "0", shape: [2, 2])
        change(&tensor)
        return bytes(pickle: PickleWriter.dictionary([("a", tensor)]), files: files)
    }

    /// The numbers 1, 2, 3 and 4 with this description.
    static func bytes(pickle: [UInt8], files: [StoredArchiveWriter.File] = []) -> [UInt8] {
        archive(pickle: pickle, files: files).bytes()
    }

    static func archive(
        pickle: [UInt8],
        files: [StoredArchiveWriter.File] = []
    ) -> StoredArchiveWriter {
        let numbers = [1, 2, 3, 4].flatMap { SafetensorsSample.bytes(of: Float($0).bitPattern) }
        return StoredArchiveWriter(
            [.init("sample/data.pkl", pickle), .init("sample/data/0", numbers)] + files
        )
    }

    static func read(_ bytes: [UInt8]) throws -> (
        entries: [String: TensorEntry], refusals: [String: String]
    ) {
        try bytes.withUnsafeBytes { try TorchCheckpoint.read($0) }
    }
}
