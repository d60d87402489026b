import Foundation
import MekikiTesting

/// The program as it was built, run as a user runs it, with a library of its own.
struct BuiltProgram {
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

    /// A folder for images and the library.
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The checkout, which holds the starter model and the samples.
    static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The sample images.
    static let samples = checkout.appending(path: "Samples/images")

    static var executable: URL {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "mekiki")
    }

    /// Runs the program and waits for its end.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    /// Runs the program by a shell, which knows redirections and limits.
    ///
    /// - Parameters:
    ///   - words: What stands after the program's name, as a person types it.
    ///   - limit: What `ulimit` is to set first; `nil` for nothing.
    /// - Returns: What was printed, and the exit status.
    /// - Throws: What Foundation throws when the shell can't be started.
    func run(shell words: String, limit: String? = nil) throws -> Outcome {
        let before = limit.map { "ulimit \($0); " } ?? ""
        let line = "\(before)exec '\(Self.executable.path)' \(words)"
        return try run(["-c", line], program: URL(filePath: "/bin/bash"))
    }

    /// Runs the program and waits for its end.
    ///
    /// - Parameters:
    ///   - arguments: What stands after the program's name.
    ///   - environment: What differs from this process's environment.
    ///   - interruptedAfter: Seconds after which ctrl-C is pressed; `nil` for never.
    ///   - program: What is run.
    /// - Returns: What was printed, and the exit status.
    /// - Throws: What Foundation throws when the program can't be started.
    func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        interruptedAfter: TimeInterval? = nil,
        program: URL = BuiltProgram.executable
    ) throws -> Outcome {
        let process = process(arguments, environment: environment, program: program)
        // Files, not pipes: a pipe that nobody empties holds the program up.
        let outputFile = folder.url.appending(path: "output-\(UUID().uuidString)")
        let errorsFile = folder.url.appending(path: "errors-\(UUID().uuidString)")
        try Data().write(to: outputFile)
        try Data().write(to: errorsFile)
        let output = try FileHandle(forWritingTo: outputFile)
        let errors = try FileHandle(forWritingTo: errorsFile)
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        if let interruptedAfter {
            Thread.sleep(forTimeInterval: interruptedAfter)
            process.interrupt()
        }
        process.waitUntilExit()
        try output.close()
        try errors.close()
        return Outcome(
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorsFile), as: UTF8.self),
            status: process.terminationStatus
        )
    }

    /// Runs the program on a terminal of its own.
    ///
    /// - Parameters:
    ///   - arguments: What stands after the program's name.
    ///   - typing: What is typed as soon as it runs.
    /// - Returns: All that the terminal showed.
    /// - Throws: What Foundation throws when the program can't be started.
    func runOnTerminal(_ arguments: [String], typing: String) throws -> String {
        var main: Int32 = -1
        var other: Int32 = -1
        guard openpty(&main, &other, nil, nil, nil) == 0 else { throw POSIXError(.ENODEV) }
        let process = process(
            arguments,
            environment: ["HF_ENDPOINT": "http://127.0.0.1:1", "http_proxy": "", "TERM": "xterm"]
        )
        let terminal = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        process.standardInput = terminal
        process.standardOutput = terminal
        process.standardError = terminal
        try process.run()
        try terminal.close()
        defer { close(main) }
        try FileHandle(fileDescriptor: main, closeOnDealloc: false)
            .write(contentsOf: Data(typing.utf8))
        var shown: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(main, &part, part.count)
            if count < 0, errno == EINTR { continue }
            // Reading fails once the program has closed its end.
            guard count > 0 else { break }
            shown += part[..<count]
        }
        process.waitUntilExit()
        return String(decoding: shown, as: UTF8.self)
    }

    /// Starts the program and leaves it running.
    func start(_ arguments: String...) throws -> RunningProgram {
        try RunningProgram(process(arguments), in: folder)
    }

    private func process(
        _ arguments: [String],
        environment: [String: String] = [:],
        program: URL = BuiltProgram.executable
    ) -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging([
                "MEKIKI_LIBRARY": folder.url.appending(path: "library").path,
                "MEKIKI_DATA": Self.checkout.path,
                "MEKIKI_MODEL": "", "MEKIKI_OCR": "off",
                // No model of this machine's user, no setting, and no network.
                "HF_HUB_CACHE": folder.url.appending(path: "hub").path,
                "XDG_CONFIG_HOME": folder.url.appending(path: "config").path,
                "XDG_CACHE_HOME": folder.url.appending(path: "cache").path,
                "HF_HUB_OFFLINE": "",
            ]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Copies sample images into a folder of this test.
    func copySamples(_ count: Int, into name: String = "images") throws -> URL {
        let target = folder.url.appending(path: name)
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        for file in try Self.sampleFiles().prefix(count) {
            try FileManager.default.copyItem(
                at: file,
                to: target.appending(path: file.lastPathComponent)
            )
        }
        return target
    }

    /// All sample images, ordered by path.
    static func sampleFiles() throws -> [URL] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: samples.path)
        return paths.filter { $0.contains(".") && !$0.hasSuffix("/") }.sorted()
            .map { samples.appending(path: $0) }
    }
}
