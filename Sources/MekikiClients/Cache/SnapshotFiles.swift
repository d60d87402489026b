import Foundation

/// The files of one commit in the cache.
struct SnapshotFiles: Sendable {
    /// The folder.
    let folder: URL

    /// The paths below the folder whose contents are there.
    let paths: [String]

    /// Lists a folder.
    ///
    /// - Parameter folder: The folder; an absent one has no files.
    init(_ folder: URL) {
        self.folder = folder
        let manager = FileManager.default
        paths = ((try? manager.subpathsOfDirectory(atPath: folder.path)) ?? []).filter { path in
            var isFolder: ObjCBool = false
            // Follows links: one whose blob is gone names nothing.
            let place = folder.appending(path: path).path
            return manager.fileExists(atPath: place, isDirectory: &isFolder) && !isFolder.boolValue
        }.sorted()
    }

    /// Whether the configuration and all weights are there.
    var isComplete: Bool {
        let selection = FileSelection(paths)
        let configured = paths.contains("config.json") || paths.contains("open_clip_config.json")
        guard configured, let weights = selection.weights else { return false }
        guard selection.weightsAreListed else { return true }
        let parts = try? WeightParts.names(in: folder.appending(path: weights))
        return parts.map { Set($0).isSubset(of: paths) } ?? false
    }

    /// The length of all files in bytes.
    var bytes: Int64 {
        paths.reduce(0) { $0 + (FileLength.of(folder.appending(path: $1)) ?? 0) }
    }
}
