import Foundation
import MekikiCore

/// Numbers in files, as numpy's `tofile` writes them: float32, row by row, no header.
enum VectorFile {
    /// Reads rows of equal length.
    static func read(_ path: String, columns: Int) throws -> [[Float]] {
        let data = try Data(contentsOf: URL(filePath: path))
        let values = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
        return stride(from: 0, to: values.count, by: columns)
            .map { Array(values[$0..<$0 + columns]) }
    }

    /// Writes vectors one after the other.
    static func write(_ vectors: [Embedding], to path: String) throws {
        let values = vectors.flatMap(\.values)
        let data = values.withUnsafeBytes { Data($0) }
        try data.write(to: URL(filePath: path))
    }
}
