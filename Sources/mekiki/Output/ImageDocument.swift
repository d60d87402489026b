import Foundation
import MekikiKit

/// An image as JSON.
struct ImageDocument: Encodable {
    var id: ImageID
    var hash: String
    var format: ImageFormat
    var width: Int
    var height: Int
    var byteCount: Int
    var addedAt: String
    var takenAt: String?
    var cameraMake: String?
    var cameraModel: String?
    var files: [FileDocument]

    init(_ image: ImageRecord, _ files: [FileRecord]) {
        let content = image.content
        id = image.id
        hash = content.hash.description
        format = content.format
        width = content.width
        height = content.height
        byteCount = content.byteCount
        addedAt = image.addedAt.formatted(.iso8601)
        takenAt = content.metadata.takenAt
        cameraMake = content.metadata.cameraMake
        cameraModel = content.metadata.cameraModel
        self.files = files.map(FileDocument.init)
    }

    /// A file as JSON.
    struct FileDocument: Encodable {
        var path: String
        var isMissing: Bool

        init(_ file: FileRecord) {
            path = file.location.absolutePath
            isMissing = file.isMissing
        }
    }
}
