import Foundation
import GRDB
import MekikiVectors

/// Keeps sealed vectors beside a catalog, and the names of what is kept in the catalog's settings.
struct VectorKeeper: Sendable {
    /// How a keeping ended.
    enum Outcome {
        case kept(token: String)
        /// Another list was named meanwhile.
        case overtaken
        /// Nothing was kept: the disk is full, or the catalog is busy.
        case failed
    }

    let folder: VectorFolder
    let isWritable: Bool
    /// The length at which a matrix's tail is sealed.
    let sealingCount: Int

    /// Keeps vectors beside a catalog.
    ///
    /// - Parameters:
    ///   - path: The catalog's file.
    ///   - isWritable: Whether something may be kept; what is there is used in any case.
    ///   - sealingCount: The length at which a matrix's tail is sealed.
    init(beside path: URL, isWritable: Bool, sealingCount: Int) {
        folder = VectorFolder(
            path.deletingLastPathComponent().appending(path: "vectors", directoryHint: .isDirectory)
        )
        self.isWritable = isWritable
        self.sealingCount = sealingCount
    }

    /// The settings that name lists begin so; the space's number follows.
    static let settingPrefix = "vectors.kept."

    /// Opening reads so many images' changes in some ten milliseconds, so more are kept.
    var changesWorthKeeping: Int { max(1, sealingCount / 4) }

    /// The list that is right for a space.
    func token(ofSpace id: Int64, _ db: Database) throws -> String? {
        try SettingRow.value("\(Self.settingPrefix)\(id)", db)
    }

    /// Forgets the list of a space, as when its vectors are forgotten.
    static func forget(space id: Int64, _ db: Database) throws {
        try SettingRow.set("\(settingPrefix)\(id)", to: nil, db)
    }

    /// Gives sealed vectors files while others are still read; without room they stay in memory.
    func keepParts(of matrix: inout VectorMatrix) {
        if isWritable { try? folder.keepParts(of: &matrix) }
    }

    /// Keeps vectors, and names them in the catalog.
    ///
    /// - Parameters:
    ///   - matrix: The vectors, whose parts are given files.
    ///   - id: The space.
    ///   - generation: The catalog's generation that the vectors are of.
    ///   - token: The list that they came from.
    ///   - pool: The catalog.
    /// - Returns: How it ended.
    func keep(
        _ matrix: inout VectorMatrix,
        ofSpace id: Int64,
        _ generation: Int64,
        replacing token: String?,
        _ pool: DatabasePool
    ) -> Outcome {
        do {
            try folder.keepParts(of: &matrix)
            let new = try folder.keepList(of: matrix, generation: generation)
            let named = try pool.write { db -> Set<String>? in
                guard try self.token(ofSpace: id, db) == token else { return nil }
                try SettingRow.set("\(Self.settingPrefix)\(id)", to: new, db)
                return try String.fetchSet(
                    db,
                    sql: "SELECT value FROM setting WHERE key GLOB ?",
                    arguments: ["\(Self.settingPrefix)*"]
                )
            }
            guard let named else { return .overtaken }
            // The list before stays for who has just read its name.
            folder.removeAll(except: named.union([token].compactMap { $0 }))
            return .kept(token: new)
        } catch {
            return .failed
        }
    }
}
