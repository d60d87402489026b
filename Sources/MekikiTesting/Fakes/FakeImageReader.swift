import Foundation
import MekikiCore
import Synchronization

/// Reads `FakeImage` files: pixels are the image's words, the thumbnail is a copy of the file.
public final class FakeImageReader: ImageReader {
    private let count = Atomic<Int>(0)

    /// Creates a reader.
    public init() {}

    /// How many files were asked for, those that failed included.
    public var readCount: Int { count.load(ordering: .relaxed) }

    /// Decodes a file.
    ///
    /// - Parameters:
    ///   - data: The whole file, a `FakeImage`.
    ///   - request: What is wanted of it.
    /// - Returns: What was read.
    /// - Throws: `MekikiError` with code `badData` when the file is something else, or says that it
    ///   fails.
    public func read(_ data: Data, _ request: ImageReadRequest) throws -> ImageReading {
        count.add(1, ordering: .relaxed)
        let image = try FakeImage(data: data)
        if let failure = image.failure { throw MekikiError(.badData, failure) }
        if let limit = request.pixelLimit, image.width * image.height > limit {
            throw MekikiError(.badData, "The picture has more than \(limit) pixels.")
        }
        return ImageReading(
            format: image.format,
            width: image.width,
            height: image.height,
            metadata: image.metadata,
            pixels: request.encoderSide == nil
                ? nil : PixelBuffer(showing: image.words, of: (image.width, image.height)),
            thumbnail: request.thumbnailSide == nil ? nil : data
        )
    }
}

extension PixelBuffer {
    /// A picture whose samples are the UTF-8 of words, filled up with zeros.
    ///
    /// - Parameters:
    ///   - words: What the picture shows.
    ///   - size: The original's width and height; as large as the samples when `nil`.
    public init(showing words: String, of size: (width: Int, height: Int)? = nil) {
        var bytes = Array(words.utf8)
        let width = max(1, (bytes.count + 2) / 3)
        bytes += [UInt8](repeating: 0, count: width * 3 - bytes.count)
        self.init(
            width: width,
            height: 1,
            bytes: bytes,
            originalWidth: size?.width,
            originalHeight: size?.height
        )
    }

    /// The words that a picture shows.
    var words: String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
