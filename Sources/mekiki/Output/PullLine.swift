import Foundation
import MekikiKit

/// Shows how far a download has come: a bar on a terminal, a line every few seconds otherwise.
// @unchecked because `lock` guards every property that changes.
final class PullLine: @unchecked Sendable {
    private let lock = NSLock()
    private let terminal: Terminal
    private var rate = TransferRate()
    private var repository: RepositoryName?
    private var lastShown: ContinuousClock.Instant?
    private var lastDelay: String?
    private var isDrawn = false

    init(_ terminal: Terminal) {
        self.terminal = terminal
    }

    /// Takes a new state.
    func update(_ progress: PullProgress) {
        lock.withLock {
            let now = ContinuousClock.now
            if repository != progress.repository { rate = TransferRate() }
            repository = progress.repository
            rate.take(progress.done, at: now)
            let isNews = progress.delay != nil && progress.delay != lastDelay
            lastDelay = progress.delay
            let pause: Duration = terminal.isInteractive ? .milliseconds(100) : .seconds(5)
            if let lastShown, now - lastShown < pause, !isNews { return }
            guard progress.total > 0 || progress.delay != nil else { return }
            lastShown = now
            show(progress)
        }
    }

    /// Ends the bar, so that other output starts on a line of its own.
    func finish() {
        lock.withLock {
            if isDrawn { terminal.write("\r\u{1B}[2K") }
            isDrawn = false
        }
    }

    private func show(_ progress: PullProgress) {
        let text = PrintableText.of(Self.facts(progress, rate.bytesPerSecond))
        guard terminal.isInteractive else {
            terminal.line(text)
            return
        }
        let width = terminal.width
        let bar = max(10, min(24, width - DisplayWidth.of(text) - 4))
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
        let facts = DisplayWidth.cut(text, to: max(10, width - bar - 3))
        terminal.write(
            "\r\u{1B}[2K" + terminal.styled(ScoreBar.drawn(Float(share), width: bar), .accent)
                + "  " + facts
        )
        isDrawn = true
    }

    private static func facts(_ progress: PullProgress, _ rate: Double?) -> String {
        let style = ByteCountFormatStyle(style: .file, spellsOutZero: false)
        guard progress.total > 0 else { return progress.delay ?? "" }
        var facts = "\(progress.done.formatted(style)) of \(progress.total.formatted(style))"
        if let delay = progress.delay { return "\(facts)  \(delay)" }
        if let rate, rate > 0 {
            facts += "  \(Int64(rate).formatted(style))/s"
            let left = Double(progress.total - progress.done) / rate
            if left >= 1 { facts += "  \(ProgressLine.duration(left)) left" }
        }
        return facts
    }
}
