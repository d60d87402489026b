import Foundation
import MekikiCore

/// Finds the images of a library that a file of queries names.
public struct ImageLookup: Sendable {
    /// A file and the image that it holds.
    private struct Entry {
        var path: [UInt8]
        var file: FileRecord
    }

    private var ids: Set<ImageID> = []
    private var present: Set<ImageID> = []
    private var byContent: [ContentHash: ImageID]
    private var byPath: [[UInt8]: FileRecord] = [:]
    /// By the last part of the path.
    private var byName: [[UInt8]: [FileRecord]] = [:]
    private let folders: [String]

    /// Prepares to look images up.
    ///
    /// - Parameters:
    ///   - files: The library's files.
    ///   - contents: The images whose contents are named.
    ///   - folders: Absolute paths that relative ones are below of, in the order to try.
    public init(_ files: [FileRecord], contents: [ContentHash: ImageID], folders: [String]) {
        byContent = contents
        self.folders = folders
        for file in files {
            ids.insert(file.imageID)
            if !file.isMissing { present.insert(file.imageID) }
            byPath[Array(file.location.absolutePath.utf8)] = file
            byName[Array(file.location.name.utf8), default: []].append(file)
        }
    }

    /// The image that is meant.
    ///
    /// - Parameter reference: What names it.
    /// - Returns: The image.
    /// - Throws: `MekikiError` with code `noInput` when there is none, its file is missing, or several
    ///   may be meant.
    public func image(_ reference: ImageReference) throws -> ImageID {
        guard let id = try find(reference) else {
            throw MekikiError(
                .noInput,
                "The library has no such image. Index its folder, or correct the line.",
                subject: reference.description
            )
        }
        guard present.contains(id) else {
            throw MekikiError(
                .noInput,
                "The image's file is missing, so no search finds it. Put it back and index again.",
                subject: reference.description
            )
        }
        return id
    }

    private func find(_ reference: ImageReference) throws -> ImageID? {
        switch reference {
        case .number(let id): return ids.contains(id) ? id : nil
        case .content(let hash): return byContent[hash]
        case .path(let path): return try find(path: path)
        }
    }

    private func find(path: String) throws -> ImageID? {
        let candidates = path.hasPrefix("/") ? [path] : folders.map { $0 + "/" + path }
        for candidate in candidates {
            let given = URL(filePath: candidate).standardizedFileURL
            // The library knows roots without links, and the files below as they are named.
            let folder = given.deletingLastPathComponent().resolvingSymlinksInPath()
            for place in [given, folder.appending(path: given.lastPathComponent)] {
                if let file = byPath[Array(place.path.utf8)] { return file.imageID }
            }
        }
        guard !path.hasPrefix("/") else { return nil }
        return try find(ending: path)
    }

    /// The image whose path ends like this; a library may have been indexed from another place.
    private func find(ending path: String) throws -> ImageID? {
        let ending = Array(("/" + path).utf8)
        guard let slash = ending.lastIndex(of: 0x2F) else { return nil }
        let files = (byName[Array(ending[(slash + 1)...])] ?? []).filter { file in
            let bytes = Array(file.location.absolutePath.utf8)
            return bytes.suffix(ending.count).elementsEqual(ending)
        }
        let found = Set(files.map(\.imageID))
        guard found.count <= 1 else {
            throw MekikiError(
                .usage,
                "Several images have such a path. Write more of it.",
                subject: path
            )
        }
        return found.first
    }
}
