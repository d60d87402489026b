import Foundation
import MekikiCore

/// The folder in which sealed vectors are kept between runs, derived from a catalog.
///
/// Nothing in it is ever changed in place. Sealed vectors have a file each, and a list names the files
/// of a space; the catalog holds the list's token, so that the same commit that counts for everything
/// else says which list is right. Whatever is torn, cut, exchanged, out of date or gone is noticed when
/// it is opened or used, and filled in from the catalog; so nothing waits for a disk to be done.
public struct VectorFolder: Sendable {
    /// What a list gave.
    public struct Opened: Sendable {
        /// The vectors of the files that were sound.
        public var matrix: VectorMatrix
        /// The catalog's generation that they are of.
        public var generation: Int64
        /// Images whose vectors are in no file.
        public var unsealed: [ImageID]
        /// Whether every file that the list names was sound.
        public var isWhole: Bool
    }

    /// The folder; it is made when something is kept.
    public let url: URL

    /// Files that nothing names any more are left for so long, because another process may be about to
    /// name them, or to open them, in seconds.
    private static let patience: TimeInterval = 3_600

    /// Names a folder.
    ///
    /// - Parameter url: Where it is, or will be.
    public init(_ url: URL) {
        self.url = url
    }

    /// Opens the vectors that a list names.
    ///
    /// - Parameters:
    ///   - token: The list's token, from the catalog.
    ///   - matrix: An empty matrix, which takes them.
    /// - Returns: The vectors; `nil` when the list is gone or isn't the one that the token is of.
    /// - Complexity: O(n): codes are read and checked, rows are not.
    public func open(_ token: String, into matrix: VectorMatrix) -> Opened? {
        guard let list = list(token), list.dimension == matrix.dimension else { return nil }
        var matrix = matrix
        var isWhole = true
        for kept in list.parts {
            guard let vectors = try? SealedVectors(mapping: url.appending(path: kept.file)),
                vectors.headerSum == kept.sum, vectors.layout.dimension == matrix.dimension,
                let part = SealedPart(
                    vectors.sharing(matrix.parts.last?.vectors.space),
                    present: KeptVectors.words(kept.present),
                    visible: KeptVectors.words(kept.visible)
                )
            else {
                isWhole = false
                continue
            }
            matrix.add(part)
        }
        return Opened(
            matrix: matrix,
            generation: list.generation,
            unsealed: list.unsealed.map(ImageID.init(rawValue:)),
            isWhole: isWhole
        )
    }

    /// Writes sealed vectors that have no file yet, and puts their mapped files in the place of memory.
    ///
    /// - Parameter matrix: The vectors.
    /// - Throws: What the file system throws; vectors that have a file by then keep it.
    public func keepParts(of matrix: inout VectorMatrix) throws {
        for (index, part) in matrix.parts.enumerated() where !isKept(part.vectors) {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            let file = url.appending(path: "\(UUID().uuidString.lowercased()).vectors")
            let begun = file.appendingPathExtension("begun")
            do {
                try Data(
                    bytesNoCopy: UnsafeMutableRawPointer(mutating: part.vectors.start),
                    count: part.vectors.layout.size,
                    deallocator: .none
                ).write(to: begun)
                try FileManager.default.moveItem(at: begun, to: file)
            } catch {
                try? FileManager.default.removeItem(at: begun)
                throw error
            }
            let mapped = try SealedVectors(mapping: file).sharing(part.vectors.space)
            matrix.replaceVectors(ofPart: index, with: mapped)
        }
    }

    /// Writes the list of a matrix.
    ///
    /// - Parameters:
    ///   - matrix: The vectors; each part has a file.
    ///   - generation: The catalog's generation that they are of.
    /// - Returns: The list's token, by which the catalog names it.
    /// - Throws: What the file system throws.
    public func keepList(of matrix: VectorMatrix, generation: Int64) throws -> String {
        let list = KeptVectors(
            dimension: matrix.dimension,
            generation: generation,
            parts: matrix.parts.map { part in
                KeptVectors.Part(
                    file: part.vectors.file?.lastPathComponent ?? "",
                    sum: part.vectors.headerSum,
                    present: KeptVectors.data(part.present),
                    visible: KeptVectors.data(part.visible)
                )
            },
            unsealed: matrix.tailIDs.map(\.rawValue).sorted()
        )
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        let data = try JSONEncoder().encode(list)
        let name = UUID().uuidString.lowercased()
        try data.write(to: listFile(name), options: .atomic)
        return "\(name) \(String(KeptVectors.sum(of: data), radix: 16))"
    }

    /// Removes files that no list names, and lists that the catalog doesn't, once they are old enough.
    ///
    /// - Parameters:
    ///   - tokens: The tokens of the lists that count.
    ///   - now: The time.
    public func removeAll(except tokens: Set<String>, now: Date = Date()) {
        let key = URLResourceKey.contentModificationDateKey
        guard
            let files = try? FileManager.default.contentsOfDirectory(
                at: url,
                includingPropertiesForKeys: [key]
            )
        else { return }
        var named: Set<String> = []
        for token in tokens {
            guard let list = list(token), let name = token.split(separator: " ").first else {
                continue
            }
            named.insert(listFile(String(name)).lastPathComponent)
            named.formUnion(list.parts.map(\.file))
        }
        for file in files where !named.contains(file.lastPathComponent) {
            guard let date = try? file.resourceValues(forKeys: [key]).contentModificationDate,
                now.timeIntervalSince(date) > Self.patience
            else { continue }
            try? FileManager.default.removeItem(at: file)
        }
    }

    private func isKept(_ vectors: SealedVectors) -> Bool {
        guard let file = vectors.file else { return false }
        // Another process may have removed it: a mapping outlives its name.
        return file.deletingLastPathComponent().path == url.path
            && FileManager.default.fileExists(atPath: file.path)
    }

    private func listFile(_ name: String) -> URL { url.appending(path: "\(name).list") }

    /// The list that a token is of.
    private func list(_ token: String) -> KeptVectors? {
        let words = token.split(separator: " ")
        guard words.count == 2, UUID(uuidString: String(words[0])) != nil,
            let sum = UInt64(words[1], radix: 16),
            let data = try? Data(contentsOf: listFile(String(words[0]))),
            KeptVectors.sum(of: data) == sum,
            let list = try? JSONDecoder().decode(KeptVectors.self, from: data),
            list.version == KeptVectors.currentVersion,
            !list.parts.contains(where: { $0.file.contains("/") })
        else { return nil }
        return list
    }
}
