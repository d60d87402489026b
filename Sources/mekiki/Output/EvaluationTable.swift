import Foundation
import MekikiKit

/// The metrics of models, as a person reads them.
struct EvaluationTable {
    private let terminal: Terminal

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Prints a block a model: all queries with their bounds, then languages and kinds.
    func print(_ document: EvaluationDocument) {
        for (index, model) in document.models.enumerated() {
            if index > 0 { terminal.line() }
            print(model)
        }
    }

    private func print(_ model: EvaluationDocument.Model) {
        var rows: [(name: String, summary: EvaluationDocument.Summary)] = [("all", model.all)]
        rows += model.languages.map { ("language \($0.name ?? "")", $0) }
        rows += model.kinds.map { ("kind \($0.name ?? "")", $0) }
        let difference = model.differenceToFirst.map { [("minus the first", $0)] } ?? []
        let names = (rows + difference).map { PrintableText.of($0.name) } + ["95 % of draws"]
        let width = names.map(DisplayWidth.of).max() ?? 0

        let title = "\(model.model), \(Count.of(model.rankedImages, "image"))"
        terminal.line(terminal.styled(PrintableText.of(title), .bold))
        let heads = RankingMetric.allCases.map { Self.padded($0.rawValue) }.joined()
        terminal.line(
            terminal.styled(DisplayWidth.pad("", to: width) + "  queries" + heads, .faint)
        )
        for (index, row) in rows.enumerated() {
            terminal.line(Self.line(row.name, row.summary, width) { Self.number($0.mean) })
            if index == 0 { printBounds(row.summary, width) }
        }
        for row in difference {
            terminal.line(
                Self.line(row.0, row.1, width) { ($0.mean < 0 ? "" : "+") + Self.number($0.mean) }
            )
            printBounds(row.1, width)
        }
        for outcome in model.outcomes ?? [] {
            var places = outcome.ranks.map(String.init)
            if outcome.ranks.count < outcome.images { places.append("not ranked") }
            let line = "line \(outcome.line)  \(outcome.query): \(places.joined(separator: ", "))"
            terminal.line(PrintableText.of(line))
        }
    }

    /// The bounds of a row, below it.
    private func printBounds(_ summary: EvaluationDocument.Summary, _ width: Int) {
        let columns = RankingMetric.allCases.map { metric -> String in
            guard let estimate = summary.metrics[metric.rawValue], let low = estimate.low,
                let high = estimate.high
            else { return Self.padded("–") }
            return Self.padded(String(format: "%.2f–%.2f", low, high))
        }
        let name = DisplayWidth.pad("95 % of draws", to: width)
        terminal.line(terminal.styled(name + "         " + columns.joined(), .faint))
    }

    private static func line(
        _ name: String,
        _ summary: EvaluationDocument.Summary,
        _ width: Int,
        _ text: (BootstrapEstimate) -> String
    ) -> String {
        let columns = RankingMetric.allCases.map { metric in
            padded(summary.metrics[metric.rawValue].map(text) ?? "–")
        }
        let count = String(summary.queries)
        let queries = String(repeating: " ", count: max(0, 9 - count.count)) + count
        return DisplayWidth.pad(PrintableText.of(name), to: width) + queries + columns.joined()
    }

    private static func number(_ value: Double) -> String { String(format: "%.3f", value) }

    private static func padded(_ text: String) -> String {
        String(repeating: " ", count: max(2, 12 - text.count)) + text
    }
}
