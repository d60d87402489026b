import Foundation
import MekikiCore
import MekikiTensor
import Testing

@testable import MekikiModels

/// A model's folder with the vectors that a reference computed for it; see Fixtures/make_*.py.
struct ModelFixture: Sendable, CustomTestStringConvertible {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    /// The committed models, and those that `MEKIKI_PARITY_MODELS` names (Scripts/parity.sh does).
    static let all: [ModelFixture] = {
        let more = ProcessInfo.processInfo.environment["MEKIKI_PARITY_MODELS"] ?? ""
        return committed
            + more.split(separator: ":").map { ModelFixture(folder: URL(filePath: String($0))) }
    }()

    /// The models that lie beside this file.
    static let committed = [
        "clip_gelu", "clip_quick_gelu_f16", "clip_sharded_bf16", "open_clip_quick_gelu",
        "open_clip_custom_text", "open_clip_xlm_roberta", "siglip", "siglip2", "rinna_clip",
        "japanese_stable_clip", "recruit_clip", "line_clip", "line_clip_v2",
    ].map(named)

    /// Those with a picture's file.
    static let withPicture = committed.filter { $0.has("picture.png") }

    /// Those with a tokenizer and sentences.
    static let withSentences = committed.filter { $0.has("expected_sentences.json") }

    static func named(_ name: String) -> ModelFixture {
        let here = URL(filePath: #filePath).deletingLastPathComponent()
        return ModelFixture(folder: here.appending(path: "Fixtures/\(name)"))
    }

    /// Opens the model.
    func open(
        _ precision: ComputePrecision = .float32,
        workers: WorkerThreads
    ) throws -> ImageTextModel {
        try ImageTextModel(
            folder: ModelFolder(folder),
            name: "test",
            precision: precision,
            workers: workers
        )
    }

    func has(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: name).path)
    }

    /// Token ids, padded on the last text.
    func ids() throws -> [[Int32]] {
        let data = try Data(contentsOf: folder.appending(path: "expected_ids.json"))
        return try JSONDecoder().decode([[Int32]].self, from: data)
    }

    /// Texts and the ids that the model's own code makes of them.
    func sentences() throws -> [String: [Int32]] {
        let data = try Data(contentsOf: folder.appending(path: "expected_sentences.json"))
        return try JSONDecoder().decode([String: [Int32]].self, from: data)
    }

    /// Preprocessed pictures, each `[3, side, side]`.
    func pictures() throws -> [[Float]] { try rows("images") }

    func textVectors() throws -> [[Float]] { try rows("text_vectors") }

    func imageVectors() throws -> [[Float]] { try rows("image_vectors") }

    /// The vector of picture.png.
    func pictureVector() throws -> [Float] { try rows("picture_vector")[0] }

    private func rows(_ name: String) throws -> [[Float]] {
        let file = try Safetensors(contentsOf: folder.appending(path: "expected.safetensors"))
        let values = try file.floats(named: name)
        let count = file.entries[name]?.shape.first ?? 1
        let width = values.count / count
        return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
}
