import Crypto
import Foundation
import MekikiCore
import MekikiTensor

extension ModelFolder {
    /// A fingerprint of all that decides what vectors the model gives: a SHA-256 in hexadecimal.
    ///
    /// Small files are read whole. Of the weights, hundreds of megabytes, go in the size, what
    /// describes the tensors, and 64 samples of 4 KiB at even distances: training changes nearly
    /// every number.
    ///
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `MekikiError` with code `noInput` or `inputOutput` when a file can't be read.
    public func revision() throws -> String {
        let own = try Self.revision(of: url, files: Self.fingerprinted, weights: [url])
        guard let tokenizerFolder else { return own }
        let borrowed = try Self.revision(
            of: tokenizerFolder,
            files: Self.fingerprinted,
            weights: []
        )
        var hash = SHA256()
        Self.add(own + borrowed, to: &hash)
        return Self.hexadecimal(hash)
    }

    /// A fingerprint of some files and of the weights of some folders.
    ///
    /// - Parameters:
    ///   - url: The model's folder.
    ///   - files: Paths of small files in it; those that it lacks are passed over.
    ///   - weights: The folders with weights.
    /// - Returns: 64 hexadecimal digits.
    /// - Throws: `MekikiError` with code `noInput` or `inputOutput` when a file can't be read.
    static func revision(of url: URL, files: [String], weights: [URL]) throws -> String {
        var hash = SHA256()
        for name in files
        where FileManager.default.fileExists(atPath: url.appending(path: name).path) {
            let data = try MappedFile(url.appending(path: name))
            Self.add("\(name) \(data.bytes.count)\n", to: &hash)
            hash.update(bufferPointer: data.bytes)
        }
        for file in try weights.flatMap({ try WeightsLayout(folder: $0).files }) {
            let data = try MappedFile(file)
            Self.add("\(file.lastPathComponent) \(data.bytes.count)\n", to: &hash)
            for sample in Self.samples(of: data) {
                hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: data.bytes[sample]))
            }
        }
        return hexadecimal(hash)
    }

    private static func hexadecimal(_ hash: SHA256) -> String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 2 ? digits : "0" + digits
        }.joined()
    }

    private static let fingerprinted = [
        "config.json", "open_clip_config.json", "preprocessor_config.json",
        "processor_config.json", "tokenizer.json", "tokenizer_config.json",
        "special_tokens_map.json", "vocab.json", "merges.txt", "spiece.model",
        "sentencepiece.bpe.model", "tokenizer.model", "vocab.txt", "onnx/spiece.model",
    ]

    private static func add(_ text: String, to hash: inout SHA256) {
        hash.update(data: Data(text.utf8))
    }

    /// What describes the tensors, and 64 samples of the whole; all of a short file.
    private static func samples(of file: MappedFile) -> [Range<Int>] {
        let count = 64
        let length = 4096
        let end = file.bytes.count
        guard end > count * length else { return [0..<end] }
        var samples: [Range<Int>] = []
        var start = 0
        if file.url.pathExtension == "safetensors" {
            let claimed = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
            start = 8 + Int(min(claimed, UInt64(end - 8)))
            samples.append(0..<start)
        } else {
            // The list at the end of PyTorch's archives, with a checksum of each tensor.
            samples.append(end - count * length..<end)
        }
        let room = end - start - length
        guard room > 0 else { return [0..<end] }
        for index in 0..<count {
            let place = start + room * index / (count - 1)
            samples.append(place..<place + length)
        }
        return samples
    }
}
