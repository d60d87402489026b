import Foundation
import MekikiCore
import MekikiVectors

/// Rows of a file as the sealed parts of a matrix, kept in a folder beside the time that it took.
struct KeptRows {
    /// The row's number is the image's.
    private let data: Data
    private let dimension: Int
    private let folder: VectorFolder
    private let list: URL
    private let time: URL

    init(folder: String, vectors: String, dimension: Int) {
        let url = URL(filePath: folder, directoryHint: .isDirectory)
        data = (try? Data(contentsOf: URL(filePath: vectors), options: .alwaysMapped)) ?? Data()
        self.dimension = dimension
        self.folder = VectorFolder(url)
        list = url.appending(path: "list.txt")
        time = url.appending(path: "built.json")
    }

    /// Makes the files, unless they are there.
    func make(_ count: Int?) throws -> Answer {
        if let document = try? Data(contentsOf: time) {
            return try JSONDecoder().decode(Answer.self, from: document)
        }
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        let watch = Stopwatch()
        var matrix = VectorMatrix(dimension: dimension)
        for row in 0..<(count ?? data.count / size) {
            set(row, in: &matrix)
            // Parts stay in memory until they are kept.
            if matrix.unkeptPartCount >= 4 { try folder.keepParts(of: &matrix) }
        }
        try folder.keepParts(of: &matrix)
        let token = try folder.keepList(of: matrix, generation: 1)
        let built = watch.answer(items: matrix.count)
        try Data(token.utf8).write(to: list)
        try JSONEncoder().encode(built).write(to: time)
        return built
    }

    /// Opens the files; rows that no part holds are read as a catalog's would be.
    func open() throws -> VectorMatrix {
        let token = try String(contentsOf: list, encoding: .utf8)
        guard let opened = folder.open(token, into: VectorMatrix(dimension: dimension)) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        var matrix = opened.matrix
        for id in opened.unsealed { set(Int(id.rawValue), in: &matrix) }
        return matrix
    }

    private var size: Int { dimension * MemoryLayout<UInt16>.size }

    private func set(_ row: Int, in matrix: inout VectorMatrix) {
        data.withUnsafeBytes { bytes in
            matrix.set(
                ImageID(rawValue: Int64(row)),
                UnsafeRawBufferPointer(rebasing: bytes[row * size..<(row + 1) * size])
            )
        }
    }
}
