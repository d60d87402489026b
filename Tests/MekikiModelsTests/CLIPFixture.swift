import Foundation
import MekikiTensor
import Testing

@testable import MekikiModels

/// A CLIP folder with the vectors that transformers computed for it; see Fixtures/make_clip.py.
struct CLIPFixture: Sendable, CustomTestStringConvertible {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    /// The committed models, and those that `MEKIKI_PARITY_MODELS` names (Scripts/parity.sh does).
    static let all: [CLIPFixture] = {
        let small = ["clip_gelu", "clip_quick_gelu_f16", "clip_sharded_bf16"].map(named)
        let more = ProcessInfo.processInfo.environment["MEKIKI_PARITY_MODELS"] ?? ""
        return small
            + more.split(separator: ":").map { CLIPFixture(folder: URL(filePath: String($0))) }
    }()

    static func named(_ name: String) -> CLIPFixture {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        return CLIPFixture(folder: here.appending(path: "Fixtures/\(name)"))
    }

    /// Token ids, padded on the last text.
    func ids() throws -> [[Int32]] {
        let data = try Data(contentsOf: folder.appending(path: "expected_ids.json"))
        return try JSONDecoder().decode([[Int32]].self, from: data)
    }

    /// Preprocessed pictures, each `[3, side, side]`.
    func pictures() throws -> [[Float]] { try rows("images") }

    func textVectors() throws -> [[Float]] { try rows("text_vectors") }

    func imageVectors() throws -> [[Float]] { try rows("image_vectors") }

    private func rows(_ name: String) throws -> [[Float]] {
        let file = try Safetensors(contentsOf: folder.appending(path: "expected.safetensors"))
        let values = try file.floats(named: name)
        let count = file.entries[name]?.shape.first ?? 1
        let width = values.count / count
        return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
}
