import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki remove ID|PATH…`: forgets images.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget images. The files themselves are never touched.",
        discussion: """
            An image whose file is still in an indexed folder comes back with the next \
            `mekiki index`.
            """
    )

    @Argument(
        help: "Numbers of images, or paths of files and folders.",
        completion: .file()
    )
    var targets: [String]

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let opened = try Library(library.folder)
        var ids: [ImageID] = []
        var count = 0
        for target in targets {
            if let id = ImageID(argument: target) {
                ids.append(id)
            } else {
                count += try await opened.remove(path: Self.absolute(target))
            }
        }
        if !ids.isEmpty { count += try await opened.remove(ids) }
        if output.json {
            try JSONOutput.print(["removedFiles": count])
        } else if !output.quiet {
            Terminal.standardOutput.line(
                count == 1 ? "Forgot 1 file." : "Forgot \(count) files."
            )
        }
    }

    /// The path as the library knows it: absolute, links resolved where the file still exists.
    private static func absolute(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else {
            return URL(filePath: path).standardizedFileURL.path
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
