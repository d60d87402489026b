import Foundation
import MekikiCore

/// `modules.json` of the sentence-transformers library: which steps make a vector of a text.
struct ModulesFile {
    /// One step.
    struct Module: Equatable {
        /// The kind of step: the class's own name.
        var kind: String
        /// The step's folder.
        var folder: URL
    }

    let modules: [Module]

    /// Reads the file of a folder; a folder without one is a transformer alone.
    init(folder: URL) throws {
        guard let entries: [Entry] = try FolderJSON.read("modules.json", in: folder) else {
            modules = [Module(kind: "Transformer", folder: folder)]
            return
        }
        modules = try entries.map { entry in
            let path = entry.path ?? ""
            // The paths come from the network: they may not lead out of the folder.
            guard !path.hasPrefix("/"), !path.split(separator: "/").contains("..") else {
                throw MekikiError(
                    .badData,
                    "modules.json names '\(path)', which is no folder of this model.",
                    subject: folder.path
                )
            }
            return Module(
                kind: entry.type.split(separator: ".").last.map(String.init) ?? entry.type,
                folder: path.isEmpty ? folder : folder.appending(path: path)
            )
        }
        guard modules.first?.kind == "Transformer" else {
            throw MekikiError(
                .configuration,
                "modules.json begins with '\(modules.first?.kind ?? "nothing")'. Supported are "
                    + "models that begin with a Transformer.",
                subject: folder.path
            )
        }
    }

    private struct Entry: Decodable {
        var type: String
        var path: String?
    }
}
