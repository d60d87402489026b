import Foundation
import MekikiKit

/// The answers of two models side by side, for people: rank, score, number, file, and where the other one
/// has the image.
struct ComparisonTable {
    private let comparison: SearchComparison
    private let terminal: Terminal
    private let width: Int

    /// Prepares a table.
    ///
    /// - Parameters:
    ///   - comparison: The answers.
    ///   - terminal: Where it is printed.
    ///   - width: Columns; `nil` for what the terminal has.
    init(_ comparison: SearchComparison, terminal: Terminal, width: Int? = nil) {
        self.comparison = comparison
        self.terminal = terminal
        self.width = max(60, width ?? (terminal.isInteractive ? terminal.width : 120))
    }

    /// Prints the table; quietly, without its heading and its last line.
    func print(quiet: Bool) {
        if !quiet { terminal.line(terminal.styled(heading, .bold)) }
        for row in rows { terminal.line(row) }
        if !quiet { terminal.line(terminal.styled(summary, .faint)) }
    }

    private var sideWidth: Int { (width - 3) / 2 }

    private var sides: [(one: SearchComparison.Side, other: SearchComparison.Side)] {
        [(comparison.first, comparison.second), (comparison.second, comparison.first)]
    }

    private var heading: String {
        let sameName = comparison.first.space.model == comparison.second.space.model
        let names = sides.map { side, _ in
            PrintableText.of(
                sameName
                    ? "\(side.space.model)@\(side.space.revision.prefix(8))" : side.space.model
            )
        }
        return joined(names[0], names[1])
    }

    /// One line a rank.
    var rows: [String] {
        let cells = sides.map { side, other in side.result.hits.map { cell($0, other) } }
        let count = max(cells[0].count, cells[1].count)
        return (0..<count).map { index in
            joined(
                index < cells[0].count ? cells[0][index] : "",
                index < cells[1].count ? cells[1][index] : ""
            )
        }
    }

    /// How far the two agree.
    var summary: String {
        let most = min(comparison.first.result.hits.count, comparison.second.result.hits.count)
        return
            "\(comparison.shared.count) of \(most) in both; = same place, ↑n ↓n place in the other"
    }

    private func cell(_ hit: Hit, _ other: SearchComparison.Side) -> String {
        let mark: String
        switch other.rank(of: hit.image.id) {
        case nil: mark = "  ·"
        case let rank? where rank == hit.rank: mark = "  ="
        case let rank?:
            let text = (rank < hit.rank ? "↑" : "↓") + String(rank)
            mark = String(repeating: " ", count: max(0, 3 - text.count)) + text
        }
        let score = hit.reasons.first?.score.value ?? 0
        let rank = String(format: "%2d", hit.rank)
        let facts = rank + " " + mark + String(format: " %6.3f", score) + "  #\(hit.image.id)  "
        let location = hit.files.first { !$0.isMissing }?.location ?? hit.files.first?.location
        let path = PrintableText.of(location.map(ReadablePath.of) ?? "(no file)")
        // Of a long path, its end tells more than its beginning.
        return facts + DisplayWidth.cutStart(path, to: max(8, sideWidth - facts.count))
    }

    private func joined(_ left: String, _ right: String) -> String {
        DisplayWidth.pad(left, to: sideWidth) + " │ " + right
    }
}
