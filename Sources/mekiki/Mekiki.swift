import ArgumentParser
import Foundation
import MekikiKit

/// The command itself: its subcommands, and what becomes of errors.
@main
struct Mekiki: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mekiki",
        abstract: "Finds the image you mean: by words, by an image, in your own folders.",
        discussion: """
            Start with a folder of images, then search it in Japanese or English:

              mekiki index ~/Pictures
              mekiki search 夜の海
              mekiki search "a cat on a sofa"
              mekiki search --image photo.jpg
              mekiki search --like 12

            The library is kept in $MEKIKI_LIBRARY, else ~/.local/share/mekiki/library.
            Shell completions: mekiki --generate-completion-script bash|zsh|fish
            """,
        version: ProgramVersion.current,
        subcommands: [
            IndexCommand.self, SearchCommand.self, CompareCommand.self, ShowCommand.self,
            ClassifyCommand.self, DuplicatesCommand.self, ImportCommand.self, ExportCommand.self,
            RemoveCommand.self, ModelsCommand.self, EvalCommand.self,
            EmbedCommand.self, RerankCommand.self, TokenizeCommand.self, StatsCommand.self,
            DoctorCommand.self, ServeCommand.self,
        ]
    )

    static func main() async {
        // A reader that goes away (`mekiki search … | head`) ends the program quietly.
        signal(SIGPIPE, SIG_DFL)
        // A limit on the size of files is told by the writing that fails, in a sentence.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error as MekikiError {
            // A file name or a model's file may hold escape sequences.
            let sentence = PrintableText.of(error.description, keepingLines: true)
            Terminal.standardError.line("mekiki: " + sentence)
            Foundation.exit(error.code.exitStatus)
        } catch let error as CocoaError {
            // What Foundation could not do, and nobody had better words for.
            let path = error.filePath.map { PrintableText.of($0) + ": " } ?? ""
            Terminal.standardError.line(
                "mekiki: \(path)\(PrintableText.of(error.localizedDescription))"
            )
            Foundation.exit(74)
        } catch {
            exit(withError: error)
        }
    }
}
