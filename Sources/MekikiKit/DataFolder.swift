import Foundation
import MekikiCore

/// Where the files that come with Mekiki are: the starter model, the web page and the samples.
///
/// They are looked for at `$MEKIKI_DATA`, then in `../share/mekiki` beside the executable with
/// links resolved, then in the checkout that the executable was built in. Nothing about the
/// machine of the build is compiled in.
public struct DataFolder: Sendable {
    /// The folder that holds `Models` and `Samples`.
    public let url: URL

    /// Looks for the folder.
    ///
    /// - Parameters:
    ///   - environment: The process's environment.
    ///   - executable: The executable's path, links resolved.
    /// - Throws: `MekikiError` with code `configuration` that names the places looked at.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        executable: URL? = DataFolder.executable
    ) throws {
        var candidates: [URL] = []
        if let named = environment["MEKIKI_DATA"], !named.isEmpty {
            candidates = [URL(filePath: named, directoryHint: .isDirectory)]
        } else if let executable {
            let folder = executable.deletingLastPathComponent()
            candidates = [folder.deletingLastPathComponent().appending(path: "share/mekiki")]
            var ancestor = folder
            while ancestor.path != "/" {
                candidates.append(ancestor)
                ancestor.deleteLastPathComponent()
            }
        }
        let marker = "Models/starter/config.json"
        guard
            let found = candidates.first(where: {
                FileManager.default.fileExists(atPath: $0.appending(path: marker).path)
            })
        else {
            throw MekikiError(
                .configuration,
                "The files that come with Mekiki were not found (looked for \(marker) in "
                    + "\(candidates.first?.path ?? "no folder")). "
                    + "Set MEKIKI_DATA to the folder that holds Models, or install again."
            )
        }
        url = found
    }

    /// The starter model's folder.
    public var starterModel: URL { url.appending(path: "Models/starter") }

    /// The folder of the web page's files.
    public var webPage: URL {
        let installed = url.appending(path: "Web")
        let isInstalled = FileManager.default.fileExists(atPath: installed.path)
        return isInstalled ? installed : url.appending(path: "Sources/MekikiServer/Web")
    }

    /// The running executable, links resolved; `nil` where the system doesn't tell.
    public static var executable: URL? {
        #if os(Linux)
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        #else
        Bundle.main.executableURL?.resolvingSymlinksInPath()
        #endif
    }
}
