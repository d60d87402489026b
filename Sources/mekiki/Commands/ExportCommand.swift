import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki export captions`: words of the library as files.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write words of the library to a file.",
        subcommands: [ExportCaptionsCommand.self]
    )
}

/// `mekiki export captions [FILE]`: the captions of all images.
struct ExportCaptionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "captions",
        abstract: "Write the captions of all images as one JSON object.",
        discussion: """
            Of several captions of an image the one that you wrote comes first, then a model's, then an \
            imported one, then that of a text file beside the image.
            """
    )

    @Argument(help: "The file; standard output where none is named.", completion: .file())
    var file: String?

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (data, count) = try await Library(library.folder).exportCaptions()
        guard let file else {
            Terminal.standardOutput.line(String(decoding: data, as: UTF8.self))
            return
        }
        do {
            try data.write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw MekikiError(
                .cannotCreate,
                "The file can't be written. Check its folder and its permissions.",
                subject: file,
                cause: error
            )
        }
        if !output.quiet { Terminal.standardError.line(Count.of(count, "caption") + " written.") }
    }
}
