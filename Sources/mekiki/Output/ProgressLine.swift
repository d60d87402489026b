import Foundation
import MekikiKit

/// Shows how far an indexing run has come: a bar on a terminal, a line every few seconds otherwise.
// @unchecked because `lock` guards every property that changes.
final class ProgressLine: @unchecked Sendable {
    private let lock = NSLock()
    private let terminal: Terminal
    private var phaseStart = ContinuousClock.now
    private var phase: IndexingProgress.Phase?
    private var lastShown: ContinuousClock.Instant?
    private var isDrawn = false

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Takes a new state.
    ///
    /// - Parameters:
    ///   - progress: How far it is.
    ///   - noun: What is counted.
    func update(_ progress: IndexingProgress, noun: String = "images") {
        lock.withLock {
            let now = ContinuousClock.now
            if phase != progress.phase || progress.done == 0 { phaseStart = now }
            phase = progress.phase
            let pause: Duration = terminal.isInteractive ? .milliseconds(100) : .seconds(5)
            let isLast = progress.total > 0 && progress.done >= progress.total
            if let lastShown, now - lastShown < pause, !isLast { return }
            guard progress.phase != .scanning, progress.total > 0 else { return }
            // Without a terminal, a line that says nothing was done yet helps nobody.
            guard terminal.isInteractive || progress.done > 0 else { return }
            lastShown = now
            show(progress, noun, elapsed: now - phaseStart)
        }
    }

    /// Takes a new state of a run over words.
    ///
    /// - Parameter progress: How far it is.
    func show(_ progress: WordsProgress) {
        guard let total = progress.total else { return }
        let what =
            switch progress.phase {
            case .sidecars: "texts beside them"
            case .metadata: "metadata"
            case .vectors: "comparing texts"
            case .ocr: "the text in them"
            }
        update(
            IndexingProgress(
                phase: .filling(what),
                folder: "",
                done: progress.done,
                total: total,
                failed: 0
            ),
            noun: progress.phase == .vectors ? "texts" : "images"
        )
    }

    /// Ends the bar, so that other output starts on a line of its own.
    func finish() {
        lock.withLock {
            if isDrawn { terminal.write("\r\u{1B}[2K") }
            isDrawn = false
        }
    }

    private func show(_ progress: IndexingProgress, _ noun: String, elapsed: Duration) {
        let seconds = elapsed / .seconds(1)
        let rate = seconds > 0.2 ? Double(progress.done) / seconds : 0
        var facts = "\(progress.done) of \(progress.total) \(noun)"
        if rate > 0 {
            facts += String(format: "  %.0f/s", rate)
            let left = Double(progress.total - progress.done) / rate
            if left >= 1 { facts += "  " + Self.duration(left) + " left" }
        }
        if case .filling(let model) = progress.phase { facts += "  for \(PrintableText.of(model))" }
        if progress.failed > 0 { facts += "  \(progress.failed) failed" }
        guard terminal.isInteractive else {
            terminal.line(facts)
            return
        }
        let width = max(10, min(30, terminal.width - facts.count - 4))
        let bar = ScoreBar.drawn(Float(progress.done) / Float(progress.total), width: width)
        terminal.write("\r\u{1B}[2K" + terminal.styled(bar, .accent) + "  " + facts)
        isDrawn = true
    }

    static func duration(_ seconds: Double) -> String {
        let total = Int(seconds.rounded())
        if total < 60 { return "\(total) s" }
        if total < 3600 { return "\(total / 60) min \(total % 60) s" }
        return "\(total / 3600) h \(total % 3600 / 60) min"
    }
}
