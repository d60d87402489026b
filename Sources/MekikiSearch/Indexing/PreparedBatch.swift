import Foundation
import MekikiCore

/// A batch of files, read and decoded, that waits for its vectors.
struct PreparedBatch: Sendable {
    /// Files of content that the catalog does not know: each gets a record and a vector.
    var new: [NewImage] = []

    /// Files of content that another file of this run brought just before.
    var copies: [CatalogChanges.Addition] = []

    /// Files whose content the catalog knows.
    var recognized: [FileRecord] = []

    /// How many files vanished since they were listed; the next run deals with them.
    var vanishedCount = 0

    /// Files that could not be indexed.
    var failures: [FailureRecord] = []

    /// A file of unknown content with its pixels.
    struct NewImage: Sendable {
        var location: FileLocation
        var stamp: FileStamp
        var content: ImageContent
        var pixels: PixelBuffer
    }

    /// The contents that this batch brings, by hash.
    var contents: [ContentHash: ImageContent] {
        Dictionary(new.map { ($0.content.hash, $0.content) }) { first, _ in first }
    }

    /// Files that were dealt with.
    var fileCount: Int {
        new.count + copies.count + recognized.count + failures.count + vanishedCount
    }
}
