import Foundation
import MekikiKit

/// Search results as a table for people: rank, bar, score, number, size, file.
struct SearchTable {
    private let result: SearchResult
    private let terminal: Terminal

    init(_ result: SearchResult, terminal: Terminal) {
        self.result = result
        self.terminal = terminal
    }

    /// Prints the table; quietly, only the files' paths, one a line.
    func print(quiet: Bool) {
        if quiet {
            for hit in result.hits { terminal.line(PrintableText.of(Self.path(of: hit))) }
            return
        }
        guard !result.hits.isEmpty else {
            let sentence =
                result.total == 0
                ? "No images to search yet." : "There are only \(result.total) results."
            terminal.line(sentence)
            return
        }
        if result.nothingRelevant { terminal.line("Nothing relevant was found. The nearest:") }
        let rankWidth = String(result.offset + result.hits.count).count
        let idWidth = result.hits.map { "#\($0.image.id)".count }.max() ?? 0
        let sizeWidth = result.hits.map { Self.size(of: $0.image).count }.max() ?? 0
        for hit in result.hits {
            terminal.line(row(hit, rankWidth, idWidth, sizeWidth))
            if let line = snippet(of: hit) {
                terminal.line(String(repeating: " ", count: rankWidth + 2) + line)
            }
        }
        let first = result.offset + 1
        let last = result.offset + result.hits.count
        terminal.line(
            terminal.styled(
                "\(first)–\(last) of \(result.isTotalExact ? "" : "more than ")\(result.total)",
                .faint
            )
        )
    }

    /// The words that matched, what matched to the letter set apart.
    private func snippet(of hit: Hit) -> String? {
        // The name stands in the row already.
        let snippets = hit.reasons.compactMap(\.snippet).filter { $0.target != .name }
        guard let snippet = snippets.first(where: { !$0.marks.isEmpty }) ?? snippets.first else {
            return nil
        }
        let scalars = Array(snippet.text.unicodeScalars)
        func text(_ range: Range<Int>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[range.clamped(to: 0..<scalars.count)])
            return PrintableText.of(String(text))
        }
        var line = terminal.styled("\(snippet.target.rawValue): ", .faint)
        var place = 0
        for mark in snippet.marks {
            line += text(place..<max(place, mark.lowerBound)) + terminal.styled(text(mark), .bold)
            place = mark.upperBound
        }
        return line + text(place..<max(place, scalars.count))
    }

    private func row(_ hit: Hit, _ rankWidth: Int, _ idWidth: Int, _ sizeWidth: Int) -> String {
        let rank = String(hit.rank)
        let id = "#\(hit.image.id)"
        let score = hit.reasons.first?.score.value ?? 0
        var line = String(repeating: " ", count: rankWidth - rank.count) + rank
        let bar = ScoreBar.drawn(score, width: 10)
        let styledBar = terminal.styled(bar, .accent)
        var styleWidth = DisplayWidth.of(styledBar) - DisplayWidth.of(bar)
        line += "  " + styledBar
        line += String(format: " %6.3f", score)
        if saysRelevance {
            let band = DisplayWidth.pad(hit.relevance?.rawValue ?? "", to: Self.bandWidth)
            let styledBand = hit.relevance == .weak ? terminal.styled(band, .faint) : band
            styleWidth += DisplayWidth.of(styledBand) - DisplayWidth.of(band)
            line += "  " + styledBand
        }
        line += "  " + DisplayWidth.pad(id, to: idWidth)
        line += "  " + DisplayWidth.pad(Self.size(of: hit.image), to: sizeWidth)
        let location = hit.files.first(where: { !$0.isMissing })?.location
        let copies = hit.files.filter { !$0.isMissing }.count - 1
        let remark = copies > 0 ? "  +\(copies) more" : ""
        var path = PrintableText.of(location.map(ReadablePath.of) ?? "(no file)")
        if terminal.isInteractive {
            // Of a long path, its end tells more than its beginning.
            let used = DisplayWidth.of(line) - styleWidth + 2 + remark.count
            path = DisplayWidth.cutStart(path, to: max(12, terminal.width - used))
        }
        return line + "  " + terminal.styled(path, .bold) + terminal.styled(remark, .faint)
    }

    /// Whether something can be said of how sure the hits are.
    private var saysRelevance: Bool { result.hits.contains { $0.relevance != nil } }

    private static let bandWidth = Relevance.allCases.map(\.rawValue.count).max() ?? 0

    private static func size(of image: ImageRecord) -> String {
        "\(image.content.width)×\(image.content.height)"
    }

    private static func path(of hit: Hit) -> String {
        let file = hit.files.first { !$0.isMissing } ?? hit.files.first
        return file?.location.absolutePath ?? ""
    }
}
