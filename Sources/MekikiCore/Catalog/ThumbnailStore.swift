import Foundation

/// The role that keeps thumbnails, which are derived data: an image without one is only shown later.
public protocol ThumbnailStore: Sendable {
    /// Keeps an image's thumbnail; an earlier one is replaced.
    ///
    /// - Parameters:
    ///   - thumbnail: A WebP file's bytes.
    ///   - hash: The image's content.
    /// - Throws: `MekikiError` with code `inputOutput`.
    func save(_ thumbnail: Data, of hash: ContentHash) throws

    /// An image's thumbnail.
    ///
    /// - Parameter hash: The image's content.
    /// - Returns: A WebP file's bytes; `nil` when there is none.
    func thumbnail(of hash: ContentHash) -> Data?

    /// Forgets an image's thumbnail.
    ///
    /// - Parameter hash: The image's content.
    func removeThumbnail(of hash: ContentHash)
}
