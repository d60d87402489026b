import Foundation
import MekikiCore
import MekikiModels

/// A model's folder, opened and used as a search would: a picture and a text become vectors.
struct OpenedModel {
    let folder: URL

    private let workers = WorkerThreads(count: 1, name: "fuzz")
    private let picture = PixelBuffer(
        width: 40,
        height: 30,
        bytes: (0..<40 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 &* 7) },
        originalWidth: 40,
        originalHeight: 30
    )

    init(folder: URL) { self.folder = folder }

    /// Opens the folder and encodes.
    func encode() throws {
        let model = try ImageTextModel(
            folder: ModelFolder(folder),
            name: "fuzz",
            precision: .float32,
            workers: workers
        )
        let result = Outcome()
        let isDone = DispatchSemaphore(value: 0)
        let picture = picture
        Task.detached {
            do {
                _ = try await model.imageEncoder.encode([picture])
                let limit = model.textEncoder.maximumLength
                let words = min(limit, model.vocabularySize)
                _ = try await model.textEncoder.encode(tokens: [
                    (0..<Int32(clamping: max(1, min(words, 8)))).map { $0 }
                ])
            } catch {
                result.error = error
            }
            isDone.signal()
        }
        isDone.wait()
        if let error = result.error { throw error }
    }

    /// Written before the signal and read after it.
    private final class Outcome: @unchecked Sendable {
        var error: (any Error)?
    }
}
