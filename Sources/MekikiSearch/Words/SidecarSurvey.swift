import Foundation
import MekikiCore

/// The text files that lie beside the images of a library.
///
/// Each folder is listed once. Which file belongs to an image is said by its name: `cat.txt` and
/// `cat.png.txt` belong to `cat.png`.
struct SidecarSurvey {
    /// The paths of text files by image, in the order of ``SidecarText/endings``.
    private(set) var paths: [ImageID: [String]] = [:]

    /// Images one of whose folders can't be listed: a disk that is not mounted takes no words away.
    private(set) var unknown: Set<ImageID> = []

    /// Looks at folders.
    ///
    /// - Parameter files: The library's files, missing ones included, ordered by path.
    init(_ files: [FileRecord]) {
        var folders: [String: [FileRecord]] = [:]
        for file in files {
            let path = file.location.absolutePath
            folders[String(path.dropLast(file.location.name.count)), default: []].append(file)
        }
        var found: [ImageID: (file: FileLocation, paths: [String])] = [:]
        for (folder, files) in folders {
            guard let names = Self.textFiles(in: folder) else {
                unknown.formUnion(files.map(\.imageID))
                continue
            }
            guard !names.isEmpty else { continue }
            for file in files where !file.isMissing {
                let own = Self.candidates(file.location.name).filter(names.contains)
                guard !own.isEmpty else { continue }
                // Of copies of one image, the first place that has words speaks.
                if let other = found[file.imageID], other.file < file.location { continue }
                found[file.imageID] = (file.location, own.map { folder + $0 })
            }
        }
        paths = found.mapValues(\.paths)
    }

    /// The names that an image's text files may have.
    ///
    /// - Parameter name: The image file's name.
    /// - Returns: The names in their order.
    static func candidates(_ name: String) -> [String] {
        let dot = name.lastIndex(of: ".")
        let stem = dot.map { String(name[..<$0]) } ?? name
        return SidecarText.endings.flatMap { ["\(stem).\($0)", "\(name).\($0)"] }
    }

    /// The texts of an image, read now.
    ///
    /// - Parameter id: The image.
    /// - Returns: The texts; a file that can't be read, or is too long, has none.
    func texts(of id: ImageID) -> [ImageMetadata.TextChunk] {
        (paths[id] ?? []).flatMap { path in
            let url = URL(filePath: path)
            guard let status = FileStatus(of: path), status.isRegularFile,
                status.stamp.byteCount <= SidecarText.longest,
                let data = try? Data(contentsOf: url)
            else { return [ImageMetadata.TextChunk]() }
            return SidecarText.chunks(data, ending: url.pathExtension.lowercased())
        }
    }

    /// The names in a folder that end as texts do; `nil` when it can't be listed.
    private static func textFiles(in folder: String) -> Set<String>? {
        guard let listing = opendir(folder) else { return nil }
        defer { closedir(listing) }
        var names: Set<String> = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    String(validatingCString: $0)
                }
            }
            guard let name, let dot = name.lastIndex(of: ".") else { continue }
            if SidecarText.endings.contains(String(name[name.index(after: dot)...])) {
                names.insert(name)
            }
        }
        return names
    }
}
