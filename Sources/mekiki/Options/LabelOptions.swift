import ArgumentParser
import Foundation
import MekikiKit

/// Which labels a command tries, and in which words.
struct LabelOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Labels, separated by commas.", valueName: "a,b,c")
    )
    var labels: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file of labels, one a line.",
            discussion: """
                After a tab may stand what the model gets in the label's place: names in Japanese \
                or English, or whole prompts after “prompt:”, each after a tab of its own. Lines \
                that begin with “# ” are passed over.
                """,
            valueName: "file"
        ),
        completion: .file()
    )
    var labelsFile: String?

    @Option(
        name: .long,
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "Phrases that labels are put into: auto, ja, en, none, or your own with {}.",
            discussion: """
                Default: auto, which is several Japanese phrases for labels in kana or kanji and \
                several English ones for others. Give it several times for several phrases of \
                your own.
                """,
            valueName: "phrase"
        )
    )
    var template: [String] = []

    func validate() throws {
        guard (labels == nil) != (labelsFile == nil) else {
            throw ValidationError("Give labels, with either --labels a,b,c or --labels-file FILE.")
        }
        do {
            _ = try templates()
        } catch let error as MekikiError {
            throw ValidationError(error.description)
        }
    }

    /// The labels that were given.
    func list() throws -> LabelList {
        guard let labelsFile else { return try LabelList(separated: labels ?? "") }
        do {
            return try LabelList(lines: TextFile.read(labelsFile))
        } catch var error as MekikiError {
            error.subject = labelsFile
            throw error
        }
    }

    /// How labels become prompts.
    func templates() throws -> PromptTemplates { try PromptTemplates(template) }

    /// The name of the labels' file without its ending.
    var fileName: String? {
        guard let labelsFile else { return nil }
        let name = URL(filePath: labelsFile).deletingPathExtension().lastPathComponent
        return name.isEmpty ? nil : name
    }
}
