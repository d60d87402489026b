import Foundation

/// One of the program's two outputs, and what it can show.
struct Terminal: Sendable {
    static let standardOutput = Terminal(STDOUT_FILENO)
    static let standardError = Terminal(STDERR_FILENO)

    private let descriptor: Int32

    /// Whether a person is looking: a terminal that can move its cursor.
    let isInteractive: Bool

    /// Whether colours are wanted (https://no-color.org).
    let hasColor: Bool

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        let environment = ProcessInfo.processInfo.environment
        isInteractive = isatty(descriptor) == 1 && environment["TERM"] != "dumb"
        hasColor = isInteractive && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// The width in columns; 80 where it is unknown.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes text as it is.
    func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                if errno == EAGAIN {
                    usleep(1000)
                    continue
                }
                // A full disk behind `>`: results that were cut must not look complete. Ended at once,
                // because threads may be at work that `exit` would pull the ground from under.
                if descriptor == STDOUT_FILENO {
                    let reason = String(cString: strerror(errno))
                    Terminal.standardError.line(
                        "mekiki: The results could not be written (\(reason)). Check where standard "
                            + "output goes; the library is as it should be."
                    )
                    _exit(74)
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Writes a line.
    func line(_ text: String = "") { write(text + "\n") }

    /// Text in a style, where colours are wanted.
    func styled(_ text: String, _ style: Style) -> String {
        hasColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    enum Style: String {
        case bold = "1"
        case faint = "2"
        case accent = "36"
        case warning = "33"
    }
}
