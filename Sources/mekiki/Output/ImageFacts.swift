import Foundation
import MekikiKit

/// An image's facts, one a line, as a person reads them.
struct ImageFacts {
    private let image: ImageRecord
    private let files: [FileRecord]
    private let tags: [ImageTag]

    private let texts: [ImageText]

    init(_ image: ImageRecord, _ files: [FileRecord], _ tags: [ImageTag], _ texts: [ImageText]) {
        self.texts = texts
        self.image = image
        self.files = files
        self.tags = tags
    }

    /// The facts with their labels, in the order people ask for them.
    var lines: [(label: String, value: String)] {
        let content = image.content
        var lines: [(String, String)] = [("image", "#\(image.id)")]
        for file in files {
            let remark = file.isMissing ? "  (not found at the last run)" : ""
            lines.append(("file", PrintableText.of(file.location.absolutePath) + remark))
        }
        let bytes = Int64(content.byteCount).formatted(.byteCount(style: .file))
        lines.append(
            ("size", "\(content.width)×\(content.height), \(content.format.rawValue), \(bytes)")
        )
        if let taken = content.metadata.takenAt {
            lines.append(("taken", taken.replacing("T", with: " ")))
        }
        let camera = [content.metadata.cameraMake, content.metadata.cameraModel]
            .compactMap { $0 }.joined(separator: " ")
        if !camera.isEmpty { lines.append(("camera", PrintableText.of(camera))) }
        lines.append(("added", image.addedAt.formatted(.iso8601)))
        lines.append(("sha-256", content.hash.description))
        lines += tagLines
        // One line each; a text of a picture may have many.
        for text in texts where text.id.origin != TextOrigin.file.rawValue {
            let line = text.text.split(whereSeparator: \.isNewline).joined(separator: " / ")
            lines.append((text.key, PrintableText.of("\(line)  (\(text.id.origin))")))
        }
        return lines
    }

    /// One line a set of labels.
    private var tagLines: [(String, String)] {
        var lines: [(String, String)] = []
        var start = tags.startIndex
        while start < tags.endIndex {
            let first = tags[start]
            let end = tags[start...].firstIndex { $0.labelSet != first.labelSet } ?? tags.endIndex
            let labels = tags[start..<end].map {
                "\($0.label) " + String(format: "%.2f", $0.probability)
            }
            let text =
                "\(labels.joined(separator: ", "))  (\(first.labelSet); \(first.space.model))"
            lines.append(("tags", PrintableText.of(text)))
            start = end
        }
        return lines
    }

    /// Prints the facts, then the text chunks as they are.
    func print(to terminal: Terminal) {
        let width = lines.map { $0.label.count }.max() ?? 0
        for line in lines {
            let label = DisplayWidth.pad(line.label, to: width)
            terminal.line(terminal.styled(label, .faint) + "  " + line.value)
        }
        for chunk in image.content.metadata.textChunks {
            terminal.line(terminal.styled("text “\(PrintableText.of(chunk.key))”", .faint))
            for line in chunk.text.split(separator: "\n", omittingEmptySubsequences: false) {
                terminal.line("  " + PrintableText.of(String(line)))
            }
        }
    }
}
