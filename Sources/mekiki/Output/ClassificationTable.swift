import Foundation
import MekikiKit

/// Classifications for people: a bar a label for a single image, a line an image for many.
struct ClassificationTable {
    private let terminal: Terminal
    private let top: Int

    init(_ terminal: Terminal, top: Int) {
        self.terminal = terminal
        self.top = top
    }

    /// Prints the labels of one image, one a line.
    func print(_ image: ImageClassificationDocument, withHeading: Bool) {
        if withHeading {
            let number = image.image.map { "#\($0)  " } ?? ""
            terminal.line(
                terminal.styled(PrintableText.of(number + (image.file ?? "(no file)")), .bold)
            )
        }
        for label in image.labels.prefix(top) {
            let bar = terminal.styled(ScoreBar.drawn(label.probability, width: 10), .accent)
            terminal.line(
                "\(bar) \(Self.number(label.probability))  \(PrintableText.of(label.label))"
            )
        }
    }

    /// Prints an image of many: its number, its labels, its file.
    func printLine(_ image: ImageClassification, _ location: FileLocation?) {
        let labels = image.labels.prefix(top).map {
            PrintableText.of($0.label) + Self.number($0.probability)
        }
        let path = PrintableText.of(location.map(ReadablePath.of) ?? "(no file)")
        terminal.line(
            "#\(image.imageID)  \(labels.joined(separator: "  "))  "
                + terminal.styled(path, .bold)
        )
    }

    private static func number(_ probability: Float) -> String {
        String(format: " %.3f", probability)
    }
}
