import Foundation

/// One run: a reader, how long it may take, and what it has done so far.
final class FuzzSession {
    /// The run of this process; libFuzzer's callbacks are plain functions and carry no context.
    nonisolated(unsafe) static var shared: FuzzSession?

    let reader: any FuzzedReader
    private let seconds: Double
    private var inputs = 0
    private var accepted = 0
    private var nextReport = 60.0

    init(reader: any FuzzedReader, seconds: Double) {
        self.reader = reader
        self.seconds = seconds
    }

    /// Reads one input; anything but success or a sentence for people stops the process.
    func test(_ bytes: UnsafeBufferPointer<UInt8>) {
        inputs += 1
        if reader.accepts(Data(buffer: bytes)) { accepted += 1 }
        guard inputs % 16 == 0 else { return }
        let used = Double(clock()) / Double(CLOCKS_PER_SEC)
        if used >= nextReport || used >= seconds {
            report(used)
            nextReport += 60
        }
        // Not exit(), which libFuzzer takes for a fault of the code under test.
        if used >= seconds { _exit(0) }
    }

    private func report(_ used: Double) {
        var usage = rusage()
        getrusage(0, &usage)
        let line =
            "fuzz: \(inputs) inputs, \(accepted) accepted, \(Int(used)) s of processor time, "
            + "\(usage.ru_maxrss / 1024) MiB at most\n"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
