import ArgumentParser
import Foundation
import MekikiCore
import MekikiModels

/// How long a model takes to open and to give its first vector.
///
/// Prints one JSON object; run it in a fresh process each time.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "load")

    @OptionGroup var arguments: ModelArguments

    @Option(help: "image or text.")
    var tower = "image"

    struct Report: Encodable {
        /// Seconds until configuration and headers are read.
        var opened: Double
        /// Seconds until the first vector: weights mapped, packed and used.
        var first: Double
        /// Seconds that the second vector takes, which has nothing to load.
        var second: Double
        /// Processor seconds until the first vector.
        var cpu: Double
        /// Largest resident memory in MiB, mapped weights included.
        var peakMemory: Double?
    }

    func run() async throws {
        let watch = Stopwatch()
        let model = try arguments.open()
        let opened = watch.wall
        try await encode(model)
        let first = watch.wall
        let cpu = watch.cpu
        try await encode(model)
        Session.say(
            Report(
                opened: opened,
                first: first,
                second: watch.wall - first,
                cpu: cpu,
                peakMemory: Self.peakMemory()
            )
        )
    }

    private func encode(_ model: ImageTextModel) async throws {
        if tower == "text" {
            _ = try await model.textEncoder.encode(["a red bicycle"])
        } else {
            let side = model.imageSize
            let picture = [Float](repeating: 0.5, count: 3 * side * side)
            _ = try await model.imageEncoder.encode(preprocessed: [picture])
        }
    }

    private static func peakMemory() -> Double? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
            return nil
        }
        for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
            let digits = line.filter(\.isNumber)
            return Double(digits).map { $0 / 1024 }
        }
        return nil
    }
}
