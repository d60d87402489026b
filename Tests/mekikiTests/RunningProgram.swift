import Foundation
import MekikiTesting

/// The program while it runs.
final class RunningProgram {
    private let process: Process
    private let outputFile: URL
    private let errorsFile: URL

    init(_ process: Process, in folder: TemporaryFolder) throws {
        self.process = process
        outputFile = folder.url.appending(path: "output-\(UUID().uuidString)")
        errorsFile = folder.url.appending(path: "errors-\(UUID().uuidString)")
        try Data().write(to: outputFile)
        try Data().write(to: errorsFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorsFile)
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    /// The exit status, once it has ended.
    var status: Int32 { process.terminationStatus }

    /// What it has printed so far, one document a line.
    var documents: [[String: Any]] {
        BuiltProgram.Outcome(output: text(outputFile), errors: "", status: 0).documents
    }

    /// What it has said so far.
    var errors: String { text(errorsFile) }

    /// Sends a signal and waits for the end.
    func end(_ signal: Int32) {
        if process.isRunning { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
    }

    private func text(_ file: URL) -> String {
        String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }
}
