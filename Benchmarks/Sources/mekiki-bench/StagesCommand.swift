import ArgumentParser
import Foundation
import MekikiCore
import MekikiImages
import MekikiModels

/// The stages from file to vector, each measured alone on the same files, in one thread.
///
/// Prints one JSON object: each stage's processor seconds for all files.
struct StagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stages")

    @OptionGroup var arguments: ModelArguments

    @Option(help: "Images that the encoder gets at once.")
    var batch = 8

    @Argument(help: "Image files.")
    var files: [String]

    struct Report: Encodable {
        var files = 0
        var read = 0.0
        var hash = 0.0
        /// Decoding to pixels for the encoder.
        var decode = 0.0
        /// What a thumbnail from the same decoding adds.
        var thumbnail = 0.0
        var resize = 0.0
        var encode = 0.0
    }

    func run() async throws {
        let model = try arguments.open()
        let encoder = model.imageEncoder
        let preprocessor = try ImagePreprocessor(
            folder: URL(filePath: arguments.model, directoryHint: .isDirectory)
        )
        let workers = WorkerThreads(count: 1, name: "mekiki bench")
        let reader = VipsImageReader()
        let side = preprocessor.inputSide
        let bare = ImageReadRequest(encoderSide: side, thumbnailSide: nil)
        let whole = ImageReadRequest(
            encoderSide: side,
            thumbnailSide: ThumbnailSize.medium.side
        )
        // Loads the weights, starts libvips and its tables.
        _ = try await encoder.encode([
            PixelBuffer(width: 1, height: 1, bytes: [0, 0, 0])
        ])
        if let first = files.first {
            _ = try await workers.run {
                try reader.read(try Data(contentsOf: URL(filePath: first)), whole).width
            }
        }

        var report = Report()
        // A few files at a time, so that memory stays small however many there are.
        for start in stride(from: 0, to: files.count, by: batch) {
            let paths = Array(files[start..<min(start + batch, files.count)])
            report.files += paths.count
            let (contents, read) = try await timed(workers) {
                try paths.map { try Data(contentsOf: URL(filePath: $0)) }
            }
            let (_, hash) = try await timed(workers) { contents.map { ContentHash(of: $0) } }
            let (pictures, decode) = try await timed(workers) {
                try contents.compactMap { try reader.read($0, bare).pixels }
            }
            let (_, both) = try await timed(workers) {
                try contents.map { try reader.read($0, whole).thumbnail?.count }
            }
            let (prepared, resize) = try await timed(workers) {
                pictures.map { preprocessor.prepare($0) }
            }
            let watch = Stopwatch()
            _ = try await encoder.encode(preprocessed: prepared)
            report.encode += watch.cpu
            report.read += read
            report.hash += hash
            report.decode += decode
            report.thumbnail += both - decode
            report.resize += resize
        }
        Session.say(report)
    }

    private func timed<Result: Sendable>(
        _ workers: WorkerThreads,
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> (Result, Double) {
        try await workers.run {
            let watch = Stopwatch()
            let result = try work()
            return (result, watch.cpu)
        }
    }
}
