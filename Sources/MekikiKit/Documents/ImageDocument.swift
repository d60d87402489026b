import Foundation
import MekikiCore

/// An image as JSON, the same for the command line and the HTTP API.
public struct ImageDocument: Encodable, Sendable {
    /// The image's number.
    public var id: ImageID
    /// The SHA-256 of its file, 64 hexadecimal digits.
    public var hash: String
    /// What its bytes are.
    public var format: ImageFormat
    /// Pixels in a row of the upright picture.
    public var width: Int
    /// Rows of the upright picture.
    public var height: Int
    /// The file's length.
    public var byteCount: Int
    /// When it came into the library, ISO 8601 in UTC.
    public var addedAt: String
    /// When it was taken, as the camera wrote it, without a zone.
    public var takenAt: String?
    /// The camera's maker.
    public var cameraMake: String?
    /// The camera's model.
    public var cameraModel: String?
    /// The picture's mean colour, `#rrggbb`.
    public var averageColor: String?
    /// The name of its first file that is present.
    public var name: String
    /// Where it is.
    public var files: [FileDocument]

    /// Describes an image.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - files: Its files, ordered by path.
    public init(_ image: ImageRecord, _ files: [FileRecord]) {
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
        averageColor = content.averageColor?.description
        let shown = files.first { !$0.isMissing } ?? files.first
        name = shown?.location.name ?? ""
        self.files = files.map(FileDocument.init)
    }

    /// A file as JSON.
    public struct FileDocument: Encodable, Sendable {
        /// Its absolute path.
        public var path: String
        /// Whether it was gone when its folder was last indexed.
        public var isMissing: Bool

        /// Describes a file.
        ///
        /// - Parameter file: The file.
        public init(_ file: FileRecord) {
            path = file.location.absolutePath
            isMissing = file.isMissing
        }
    }
}
