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
    var targets: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Forget all vectors of a model, named as `mekiki doctor` names it.",
            valueName: "model"
        )
    )
    var vectors: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Forget all tags of a set of labels, named as `mekiki show` names it.",
            valueName: "set"
        )
    )
    var tags: String?

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if targets.isEmpty, vectors == nil, tags == nil {
            throw ValidationError(
                "Name images, a model with --vectors, or a set of labels with --tags."
            )
        }
    }

    func run() async throws {
        let opened = try Library(library.folder)
        var ids: [ImageID] = []
        var count = 0
        for target in targets {
            if let id = ImageID(argument: target) {
                ids.append(id)
            } else {
                count += try await Self.remove(target, from: opened)
            }
        }
        if !ids.isEmpty { count += try await opened.remove(ids) }
        var vectorCount: Int?
        if let vectors { vectorCount = try await forget(vectors, of: opened) }
        var tagCount: Int?
        if let tags { tagCount = try await opened.removeTags(of: tags) }
        if output.json {
            var document = ["removedFiles": count]
            document["removedVectors"] = vectorCount
            document["removedTags"] = tagCount
            try JSONOutput.print(document)
        } else if !output.quiet {
            if let vectorCount {
                Terminal.standardOutput.line("Forgot \(Count.of(vectorCount, "vector")).")
            }
            if let tagCount {
                Terminal.standardOutput.line("Forgot \(Count.of(tagCount, "tag")).")
            }
            guard !targets.isEmpty else { return }
            Terminal.standardOutput.line(
                count == 1 ? "Forgot 1 file." : "Forgot \(count) files."
            )
        }
    }

    /// Forgets a model's vectors, even those that answer: they are made anew by the next run.
    private func forget(_ name: String, of opened: Library) async throws -> Int {
        let space = try await opened.space(named: name).space
        return try await opened.forget(space, evenCurrent: true)
    }

    /// Tries the path as it was given, then with links resolved in its folder, then in all of it:
    /// the library knows roots without links, and the files below as they are named.
    private static func remove(_ path: String, from library: Library) async throws -> Int {
        let given = URL(filePath: path).standardizedFileURL
        let candidates = [
            given.path,
            given.deletingLastPathComponent().resolvingSymlinksInPath()
                .appending(path: given.lastPathComponent).path,
            given.resolvingSymlinksInPath().path,
        ]
        for candidate in candidates.dropLast() {
            do {
                return try await library.remove(path: candidate)
            } catch let error as MekikiError where error.code == .noInput {
                continue
            }
        }
        return try await library.remove(path: candidates[2])
    }
}
