import Foundation
import MekikiCore

/// The names of the files that hold a model's weights in parts.
enum WeightParts {
    /// Reads `model.safetensors.index.json`.
    ///
    /// The names come from the network: they may not lead out of the folder.
    ///
    /// - Parameter file: The index.
    /// - Returns: The files, in the order of their names.
    /// - Throws: `MekikiError` with code `badData`.
    static func names(in file: URL) throws -> [String] {
        let map: [String: String]
        do {
            map = try JSONDecoder().decode(Index.self, from: Data(contentsOf: file)).weightMap
        } catch {
            throw MekikiError(
                .badData,
                "The list of the weights' parts can't be read. Choose another revision.",
                subject: file.path,
                cause: error
            )
        }
        let names = Set(map.values).sorted()
        for name in names where !RepositoryPath.isSafe(name) || !name.hasSuffix(".safetensors") {
            throw MekikiError(
                .badData,
                "The list of the weights' parts names “\(name)”, which is no file of the model. "
                    + "Choose another revision.",
                subject: file.path
            )
        }
        return names
    }

    private struct Index: Decodable {
        var weightMap: [String: String]

        enum CodingKeys: String, CodingKey {
            case weightMap = "weight_map"
        }
    }
}
