import Foundation
import MekikiCore
import MekikiSearch

extension Library {
    /// A page of the images, newest first.
    ///
    /// - Parameters:
    ///   - limit: How many are wanted, 1 or more.
    ///   - offset: How many newer ones are passed over.
    /// - Returns: The page, with the number of all images.
    /// - Throws: `MekikiError` with code `usage` for other numbers, or when the catalog can't be read.
    public func newest(limit: Int, offset: Int = 0) async throws -> ImagePage {
        guard limit > 0 else {
            throw MekikiError(.usage, "The number of images must be 1 or more.", subject: "limit")
        }
        guard offset >= 0 else {
            throw MekikiError(.usage, "The offset must be 0 or more.", subject: "offset")
        }
        return try await catalog.newest(limit: limit, offset: offset)
    }

    /// An image's thumbnail in one of the fixed sizes; it is made where it is not there yet.
    ///
    /// - Parameters:
    ///   - id: The image's number.
    ///   - size: How large it may be.
    /// - Returns: The image's content and the thumbnail.
    /// - Throws: `MekikiError` with code `noInput` when there is no such image, or nothing left to
    ///   make a thumbnail of.
    public func thumbnail(
        of id: ImageID,
        _ size: ThumbnailSize
    ) async throws -> (content: ImageContent, thumbnail: MadeThumbnail) {
        let (image, files) = try await image(id)
        let shown = ShownImage(image: image, files: files)
        guard let thumbnail = try await thumbnailMaker.thumbnail(of: shown, size) else {
            throw MekikiError(
                .noInput,
                "There is no thumbnail of this image, and its file is gone.",
                subject: "image \(id)"
            )
        }
        return (image.content, thumbnail)
    }

    /// Opens an image's own file.
    ///
    /// - Parameter id: The image's number.
    /// - Returns: The image's content and the open file.
    /// - Throws: `MekikiError` with code `noInput` when there is no such image, or its file is gone or
    ///   has changed.
    public func original(
        of id: ImageID
    ) async throws -> (content: ImageContent, file: OriginalFile) {
        let (image, files) = try await image(id)
        let file = try await diskThreads.run { try OriginalFile(files, of: id) }
        return (image.content, file)
    }

    /// Decodes a picture that a query brings along.
    ///
    /// - Parameters:
    ///   - data: An image file's bytes.
    ///   - model: The model that is to encode it.
    ///   - pixels: The most pixels that are decoded.
    /// - Returns: The picture.
    /// - Throws: `MekikiError` with code `badData` when it is no image that Mekiki decodes, or a too
    ///   large one.
    public func picture(
        in data: Data,
        for model: LoadedModel,
        pixels: Int = 200_000_000
    ) async throws -> PixelBuffer {
        let request = ImageReadRequest(
            encoderSide: model.imageEncoder.inputSide,
            thumbnailSide: nil,
            pixelLimit: pixels
        )
        return try await threads.run { [reader] in
            guard let picture = try reader.read(data, request).pixels else {
                throw MekikiError(.badData, "The image has no pixels.")
            }
            return picture
        }
    }
}
