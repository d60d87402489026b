import Foundation

/// The role that keeps thumbnails, which are derived data: an image without one is only shown later.
public protocol ThumbnailStore: Sendable {
    /// Keeps an image's thumbnail; an earlier one of the same size is replaced.
    ///
    /// - Parameters:
    ///   - thumbnail: A WebP file's bytes.
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Throws: `MekikiError` with code `inputOutput`.
    func save(_ thumbnail: Data, of hash: ContentHash, _ size: ThumbnailSize) throws

    /// An image's thumbnail.
    ///
    /// - Parameters:
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Returns: A WebP file's bytes; `nil` when there is none of this size.
    func thumbnail(of hash: ContentHash, _ size: ThumbnailSize) -> Data?

    /// Forgets an image's thumbnails of all sizes.
    ///
    /// - Parameter hash: The image's content.
    func removeThumbnails(of hash: ContentHash)
}
