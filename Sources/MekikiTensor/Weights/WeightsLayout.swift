import Foundation
import MekikiCore

/// How a checkpoint's weights lie in their folder.
public enum WeightsLayout: Sendable {
    /// One file.
    case single(URL)
    /// Several: the index, and the file name of each tensor.
    case sharded(index: URL, map: [String: String])

    /// The names that weights have, the ones to prefer first: safetensors need no interpretation,
    /// and transformers' names come before open_clip's among files of one format.
    private static let names = [
        "model.safetensors", "model.safetensors.index.json", "open_clip_model.safetensors",
        "pytorch_model.bin", "pytorch_model.bin.index.json", "open_clip_pytorch_model.bin",
    ]

    /// Looks which files a folder has, and chooses the first of `model.safetensors`, its index,
    /// `open_clip_model.safetensors`, `pytorch_model.bin`, its index, and
    /// `open_clip_pytorch_model.bin`.
    ///
    /// - Parameter folder: The checkpoint's folder.
    /// - Throws: `MekikiError` with code `noInput` when there are none and `badData` when the index
    ///   is damaged.
    public init(folder: URL) throws {
        let found = Self.names.first {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
        guard let found else {
            throw MekikiError(
                .noInput,
                "The weights are missing from this folder: there is no model.safetensors, and no "
                    + "pytorch_model.bin. Fetch the model again; every one of its files is needed.",
                subject: folder.path
            )
        }
        let url = folder.appending(path: found)
        self =
            found.hasSuffix(".json")
            ? .sharded(index: url, map: try Self.readIndex(url)) : .single(url)
    }

    /// The weight files, in the order of their names.
    public var files: [URL] {
        switch self {
        case .single(let url): [url]
        case .sharded(let index, let map):
            Set(map.values).sorted().map {
                index.deletingLastPathComponent().appending(path: $0)
            }
        }
    }

    private struct Index: Decodable {
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }

    private static func readIndex(_ url: URL) throws -> [String: String] {
        let map: [String: String]
        do {
            map = try JSONDecoder().decode(Index.self, from: Data(contentsOf: url)).weightMap
        } catch {
            throw MekikiError(
                .badData,
                "The index of the weights can't be read. Fetch the model again.",
                subject: url.path,
                cause: error
            )
        }
        for name in map.values {
            // The names come from the network: they may not lead out of the folder.
            guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
                throw MekikiError(
                    .badData,
                    "The index names '\(name)', which is no file of this folder.",
                    subject: url.path
                )
            }
        }
        return map
    }
}
