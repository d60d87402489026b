import Crypto
import Foundation

/// A repository of the fake hub.
struct FakeRepository: Sendable {
    var commit = String(repeating: "a1", count: 20)
    /// The content of each file.
    var files: [String: Data] = [:]
    /// Files that are kept by the store, as large ones are.
    var large: Set<String> = []
    /// Whether only this token may read the files.
    var gate: String?
    /// Revisions beside `main` and the commit.
    var tags: Set<String> = []

    static func sha256(_ data: Data) -> String { hexadecimal(SHA256.hash(data: data)) }

    static func gitBlob(_ data: Data) -> String {
        hexadecimal(Insecure.SHA1.hash(data: Data("blob \(data.count)\0".utf8) + data))
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        digest.map { String(format: "%02x", $0) }.joined()
    }

    /// A content's name in the cache.
    func etag(_ path: String) -> String {
        let data = files[path] ?? Data()
        return large.contains(path) ? Self.sha256(data) : Self.gitBlob(data)
    }

    /// Bytes that look like nothing, the same each time.
    static func noise(_ count: Int, seed: UInt64 = 1) -> Data {
        var state = seed
        var bytes = Data(capacity: count + 8)
        while bytes.count < count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            withUnsafeBytes(of: state.bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes.prefix(count)
    }

    /// A model with one file of weights, and files that nobody wants.
    static func model(weights: Int = 300_000) -> FakeRepository {
        var repository = FakeRepository()
        repository.files = [
            "config.json": Data(#"{"model_type": "clip"}"#.utf8),
            "preprocessor_config.json": Data(#"{"size": 224}"#.utf8),
            "tokenizer.json": Data(#"{"model": {}}"#.utf8),
            "model.safetensors": noise(weights),
            "README.md": Data("A model.".utf8),
            "pytorch_model.bin": noise(5000, seed: 2),
            "flax_model.msgpack": noise(5000, seed: 3),
            "onnx/model.onnx": noise(5000, seed: 4),
        ]
        repository.large = [
            "model.safetensors", "pytorch_model.bin", "flax_model.msgpack", "onnx/model.onnx",
        ]
        return repository
    }
}
