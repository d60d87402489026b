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

    func open() throws -> ImageTextModel {
        guard let precision = ComputePrecision(rawValue: precision) else {
            throw ValidationError("“\(precision)” is no precision.")
        }
        return try ImageTextModel(
            folder: ModelFolder(URL(filePath: model, directoryHint: .isDirectory)),
            name: "benchmark",
            precision: precision,
            workers: WorkerThreads(count: threads, name: "mekiki bench")
        )
    }
}
