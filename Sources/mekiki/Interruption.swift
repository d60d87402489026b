import Dispatch
import Foundation

/// Lets a long command end cleanly: the first ctrl-C (or a termination signal) asks it to stop, a
/// ctrl-C after that ends the program at once.
// @unchecked because the sources are set up once and only cancelled afterwards, and `count` is
// touched on the private queue alone.
final class Interruption: @unchecked Sendable {
    private let queue = DispatchQueue(label: "mekiki.interruption")
    private var sources: [any DispatchSourceSignal] = []
    private var count = 0
    private let announcement: String

    /// Starts listening.
    ///
    /// - Parameters:
    ///   - announcement: What is told to happen now.
    ///   - stop: Asks the command to stop; called once.
    init(
        _ announcement: String = "Stopping after the batch at hand",
        _ stop: @escaping @Sendable () -> Void
    ) {
        self.announcement = announcement
        for number in [SIGINT, SIGTERM] {
            // The default action would end the process before the source hears of the signal.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in self?.heard(number, stop) }
            source.resume()
            sources.append(source)
        }
    }

    private func heard(_ number: Int32, _ stop: () -> Void) {
        count += 1
        guard count == 1 else {
            // At once: `exit` would run destructors under threads that still work. Only for ctrl-C: a
            // supervisor that sends SIGTERM twice means it no differently.
            if number == SIGINT { _exit(130) }
            return
        }
        Terminal.standardError.line("\n\(announcement) (ctrl-C again to force)…")
        stop()
    }

    /// Stops listening, and gives the signals their usual meaning again.
    func end() {
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
