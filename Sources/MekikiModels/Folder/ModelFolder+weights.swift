import Foundation
import MekikiCore

extension ModelFolder {
    /// The length of the weights in bytes: of `model.safetensors`, or of all its shards.
    public var weightBytes: Int {
        get throws {
            let files: [URL]
            do {
                files = try FileManager.default.contentsOfDirectory(
                    at: url,
                    includingPropertiesForKeys: nil
                )
            } catch {
                throw MekikiError(
                    .noInput,
                    "The model's folder can't be listed. Check its permissions.",
                    subject: url.path,
                    cause: error
                )
            }
            let weights = files.filter { $0.pathExtension == "safetensors" }
            return weights.reduce(0) { sum, file in
                // The hub's cache holds links; their own length means nothing.
                let values = try? file.resolvingSymlinksInPath()
                    .resourceValues(forKeys: [.fileSizeKey])
                return sum + (values?.fileSize ?? 0)
            }
        }
    }
}
