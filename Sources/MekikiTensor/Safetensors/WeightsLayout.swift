import Foundation
import MekikiCore

/// How a checkpoint's weights lie in their folder.
public enum WeightsLayout: Sendable {
    /// One file.
    case single(URL)
    /// Several: the index, and the file name of each tensor.
    case sharded(index: URL, map: [String: String])

    /// Looks which files a folder has.
    ///
    /// - Parameter folder: The checkpoint's folder.
    /// - Throws: `MekikiError` with code `noInput` when there are no safetensors and `badData` when
    ///   the index is damaged.
    public init(folder: URL) throws {
        let single = folder.appending(path: "model.safetensors")
        let index = folder.appending(path: "model.safetensors.index.json")
        let manager = FileManager.default
        if manager.fileExists(atPath: single.path) {
            self = .single(single)
        } else if manager.fileExists(atPath: index.path) {
            self = .sharded(index: index, map: try Self.readIndex(index))
        } else {
            throw Self.missingError(folder)
        }
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

    private static func missingError(_ folder: URL) -> MekikiError {
        let hasPickle = FileManager.default.fileExists(
            atPath: folder.appending(path: "pytorch_model.bin").path
        )
        let advice =
            hasPickle
            ? "It has pytorch_model.bin only, which can run code when it is read: choose a "
                + "revision of the model with safetensors."
            : "Fetch the model again; every one of its files is needed."
        return MekikiError(
            .noInput,
            "model.safetensors is missing from this folder. \(advice)",
            subject: folder.path
        )
    }
}
