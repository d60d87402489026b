import Foundation
import MekikiCore

/// What a user has set for all libraries: `mekiki/config.json` in `$XDG_CONFIG_HOME`, by default
/// `~/.config`.
public struct UserConfiguration: Sendable, Hashable, Decodable {
    /// The model that is used when a command names none: a folder, a preset, or a name of the hub.
    public var model: String?

    /// Where the file is.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: Its place, whether it exists or not.
    public static func file(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        let folder =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? LibraryFolder.home(environment) + "/.config"
        return URL(filePath: folder).appending(path: "mekiki/config.json")
    }

    /// Reads the file.
    ///
    /// - Parameter environment: The process's environment.
    /// - Returns: What it says; nothing when there is no file.
    /// - Throws: `MekikiError` with code `configuration` when it can't be read.
    public static func read(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> UserConfiguration {
        let file = file(environment)
        guard FileManager.default.fileExists(atPath: file.path) else { return UserConfiguration() }
        do {
            return try JSONDecoder().decode(UserConfiguration.self, from: Data(contentsOf: file))
        } catch {
            throw MekikiError(
                .configuration,
                "The file can't be read as JSON. It should look like {\"model\": \"multilingual\"}.",
                subject: file.path,
                cause: error
            )
        }
    }
}
