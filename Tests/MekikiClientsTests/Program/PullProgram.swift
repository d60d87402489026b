import Foundation
import MekikiTesting

/// The program as it was built, with a fake hub and a cache of its own.
struct PullProgram {
    /// What a run printed, and how it ended.
    struct Outcome {
        var output: String
        var errors: String
        var status: Int32

        /// The printed JSON documents, one a line.
        var documents: [[String: Any]] {
            output.split(separator: "\n").compactMap {
                try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
            }
        }
    }

    let hub: FakeHub
    let folder: TemporaryFolder

    init(_ hub: FakeHub) throws {
        self.hub = hub
        folder = try TemporaryFolder()
    }

    var cache: URL { folder.file("hub") }

    private static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private static var executable: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "mekiki")
    }

    /// Runs the program and waits for its end.
    ///
    /// - Parameters:
    ///   - words: What stands after the program's name.
    ///   - limit: The longest file that it may write, in KiB; `nil` for no limit.
    ///   - token: The token in its environment.
    ///   - killedAfter: After how long it is ended by force; `nil` for never.
    /// - Returns: What was printed, and the exit status.
    /// - Throws: What Foundation throws when the program can't be started.
    func run(
        _ words: String...,
        limit: Int? = nil,
        token: String? = nil,
        killedAfter: Duration? = nil
    ) async throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        let before = limit.map { "ulimit -f \($0); " } ?? ""
        // A clock of its own: this process may be too busy with other tests to look at it in time.
        let clock = killedAfter.map { "timeout -s KILL \($0 / .seconds(1)) " } ?? ""
        process.arguments =
            ["-c", "\(before)exec \(clock)\"$0\" \"$@\"", Self.executable.path] + words
        process.environment = ProcessInfo.processInfo.environment
            .merging([
                "MEKIKI_LIBRARY": folder.file("library").path, "MEKIKI_MODEL": "",
                "MEKIKI_OCR": "off",
                "MEKIKI_DATA": Self.checkout.path, "XDG_CONFIG_HOME": folder.file("config").path,
                "HF_TOKEN": "", "HF_HUB_OFFLINE": "", "http_proxy": "", "ALL_PROXY": "",
                "all_proxy": "",
            ]) { $1 }
            .merging(hub.environment(cache: cache, token: token)) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files, not pipes: a pipe that nobody empties holds the program up.
        let outputFile = try folder.write(Data(), to: "output-\(UUID().uuidString)")
        let errorsFile = try folder.write(Data(), to: "errors-\(UUID().uuidString)")
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorsFile)
        try process.run()
        while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
        return Outcome(
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorsFile), as: UTF8.self),
            status: process.terminationStatus
        )
    }
}
