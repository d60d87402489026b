import ArgumentParser
import Foundation
import MekikiKit

/// `mekiki show ID…`: the facts of an image.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the library knows of an image: files, size, date, tags, text inside."
    )

    @Argument(help: "Numbers of images, as `mekiki search` prints them.")
    var ids: [ImageID]

    @OptionGroup var library: LibraryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let opened = try Library(library.folder)
        for (index, id) in ids.enumerated() {
            let (image, files) = try await opened.image(id)
            let tags = try await opened.tags(of: id)
            let texts = try await opened.texts(of: id)
            if output.json {
                try JSONOutput.print(ImageDetailsDocument(image, files, tags, texts))
            } else {
                if index > 0 { Terminal.standardOutput.line() }
                ImageFacts(image, files, tags, texts).print(to: .standardOutput)
            }
        }
    }
}
