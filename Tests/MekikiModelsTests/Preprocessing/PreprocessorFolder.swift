import Foundation

/// Model folders that hold only a preprocessor's settings.
enum PreprocessorFolder {
    /// Calls a closure with a folder that is removed afterwards.
    static func with<Result>(
        _ contents: String,
        as name: String = "preprocessor_config.json",
        _ body: (URL) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("mekiki-preprocessor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(contents.utf8).write(to: folder.appendingPathComponent(name))
        return try body(folder)
    }
}
