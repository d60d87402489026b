import ArgumentParser
import Foundation
import MekikiCore
import MekikiModels
import MekikiTensor

/// Which model, at which precision, on how many threads.
struct ModelArguments: ParsableArguments {
    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "float32, bfloat16 or automatic.")
    var precision = "automatic"

    @Option(help: "Worker threads.")
    var threads = 2

    var folder: URL { URL(filePath: model, directoryHint: .isDirectory) }

    func open() throws -> ImageTextModel {
        try ImageTextModel(
            folder: ModelFolder(folder),
            name: "benchmark",
            precision: chosenPrecision(),
            workers: workers()
        )
    }

    func chosenPrecision() throws -> ComputePrecision {
        guard let precision = ComputePrecision(rawValue: precision) else {
            throw ValidationError("“\(precision)” is no precision.")
        }
        return precision
    }

    func workers() -> WorkerThreads { WorkerThreads(count: threads, name: "mekiki bench") }
}
