import Foundation
import MekikiCore
import MekikiTensor

extension ModelFolder {
    /// The length of the weights in bytes: of the file that is read, or of all its shards.
    public var weightBytes: Int {
        get throws {
            try WeightsLayout(folder: url).files.reduce(0) { sum, file in
                // The hub's cache holds links; their own length means nothing.
                let values = try? file.resolvingSymlinksInPath()
                    .resourceValues(forKeys: [.fileSizeKey])
                return sum + (values?.fileSize ?? 0)
            }
        }
    }
}
