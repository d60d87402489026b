import Foundation
import MekikiCore

/// A checkpoint's tensors by name, in one file or in several with an index.
public final class Weights: Sendable {
    /// The folder of the checkpoint.
    public let folder: URL

    /// The names of all tensors.
    public var names: [String] { Array(files.keys) }

    private let files: [String: any TensorFile]

    /// Tensors that are there and can't be read, with the reason.
    private let refusals: [String: (file: URL, reason: String)]

    /// Opens the weights of a folder: the first that it has of those that `WeightsLayout` lists.
    ///
    /// - Parameter folder: The checkpoint's folder.
    /// - Throws: `MekikiError` with code `noInput` when a file is missing, `badData` when one is
    ///   damaged, and `configuration` when one is of a form that can't be read.
    public init(folder: URL) throws {
        self.folder = folder
        var files: [String: any TensorFile] = [:]
        var opened: [String: any TensorFile] = [:]
        switch try WeightsLayout(folder: folder) {
        case .single(let url):
            let file = try Self.open(url)
            opened[url.lastPathComponent] = file
            for name in file.entries.keys { files[name] = file }
        case .sharded(let index, let map):
            for (name, fileName) in map {
                let file = try opened[fileName] ?? Self.open(folder.appending(path: fileName))
                opened[fileName] = file
                if file.entries[name] != nil {
                    files[name] = file
                } else if file.refusals[name] == nil {
                    throw MekikiError(
                        .badData,
                        "The index places the tensor '\(name.shortened)' in \(fileName), which does not "
                            + "hold it. The files are of different versions: fetch them again.",
                        subject: index.path
                    )
                }
            }
        }
        self.files = files
        var refusals: [String: (file: URL, reason: String)] = [:]
        for file in opened.values {
            for (name, reason) in file.refusals { refusals[name] = (file.file.url, reason) }
        }
        self.refusals = refusals
    }

    /// A file by its name's ending: all others than safetensors are PyTorch's.
    private static func open(_ url: URL) throws -> any TensorFile {
        url.pathExtension == "safetensors"
            ? try Safetensors(contentsOf: url) : try TorchCheckpoint(contentsOf: url)
    }

    /// Describes a tensor.
    ///
    /// - Parameter name: The tensor's name.
    /// - Returns: Its element type and shape, or `nil` when there is none of the name.
    public func entry(named name: String) -> TensorEntry? {
        files[name]?.entries[name]
    }

    /// A tensor's elements as float32.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - shape: The shape it must have.
    /// - Returns: Its elements, row-major.
    /// - Throws: `MekikiError` with code `badData` when it is missing or differs.
    public func floats(_ name: String, shape: [Int]) throws -> [Float] {
        let (file, entry) = try find(name, shape: shape)
        return try file.floats(of: entry, named: name)
    }

    /// Matrices as one, their rows one below the other.
    ///
    /// - Parameters:
    ///   - names: The tensors' names.
    ///   - shape: The shape that each must have; what follows the first extent is a row.
    /// - Returns: A view of the mapped files.
    /// - Throws: `MekikiError` with code `badData` when one is missing, differs, or holds no weights.
    public func matrix(_ names: [String], shape: [Int]) throws -> WeightMatrix {
        var matrix = WeightMatrix(columns: shape.dropFirst().reduce(1, *))
        for name in names {
            let (file, entry) = try find(name, shape: shape)
            try file.checkIsWeight(entry, named: name)
            matrix.append(file.bytes(of: entry), entry.element, owner: file)
        }
        return matrix
    }

    /// A matrix whose rows are read one by one, as an embedding table's are.
    ///
    /// - Parameters:
    ///   - name: The tensor's name.
    ///   - rows: The number of rows it must have.
    ///   - columns: Elements that each row must have.
    /// - Returns: A view of the mapped file.
    /// - Throws: `MekikiError` with code `badData` when it is missing or differs.
    public func table(_ name: String, rows: Int, columns: Int) throws -> EmbeddingTable {
        let (file, entry) = try find(name, shape: [rows, columns])
        return try EmbeddingTable(file, entry, named: name)
    }

    private func find(_ name: String, shape: [Int]) throws -> (any TensorFile, TensorEntry) {
        if let (url, reason) = refusals[name] {
            throw MekikiError(
                .configuration,
                "The tensor '\(name)' is \(reason). Choose a revision of the model with "
                    + "safetensors.",
                subject: url.path
            )
        }
        guard let file = files[name], let entry = file.entries[name] else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' is missing from the weights. The folder holds another kind "
                    + "of model than its config.json says, or an incomplete one.",
                subject: folder.path
            )
        }
        guard entry.shape == shape else {
            throw MekikiError(
                .badData,
                "The tensor '\(name)' has the shape \(entry.shape); config.json needs \(shape). "
                    + "The files belong to different models: fetch them again.",
                subject: file.file.url.path
            )
        }
        return (file, entry)
    }
}
