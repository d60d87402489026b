import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki import captions FILE`: words from files into the library.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take words from a file over into the library.",
        subcommands: [ImportCaptionsCommand.self]
    )
}

/// `mekiki import captions FILE`: captions of images that the library has.
struct ImportCaptionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "captions",
        abstract: "Give images the captions of a file.",
        discussion: """
            The file is one JSON object of file names and captions, {"cat.jpg": "…"}, or JSON Lines with \
            image_path and description. Names are compared without their folders and apart from case. \
            Importing again changes nothing; captions that you wrote yourself stay.
            """
    )

    @Argument(help: "The file of captions.", completion: .file())
    var file: String

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let data = Data(try TextFile.read(file).utf8)
        let report = try await Library(library.folder).importCaptions(data)
        for fault in report.faults.prefix(10) {
            Terminal.standardError.line(
                "mekiki: " + PrintableText.of("\(file), \(fault.place): \(fault.reason)")
            )
        }
        for ambiguity in report.ambiguous.prefix(10) {
            Terminal.standardError.line(
                "mekiki: "
                    + PrintableText.of(
                        "\(ambiguity.name) is the name of \(ambiguity.paths.count) images; none was changed."
                    )
            )
        }
        for name in report.notFound.prefix(10) {
            Terminal.standardError.line(
                "mekiki: " + PrintableText.of("\(name): the library has no image of this name.")
            )
        }
        if report.notFound.count > 10 {
            Terminal.standardError.line("  … and \(report.notFound.count - 10) more")
        }
        guard !output.quiet else { return }
        Terminal.standardOutput.line(
            "\(Count.of(report.changed, "image")) got a caption, \(report.unchanged) had it already, "
                + "\(report.notFound.count) not found."
        )
    }
}
