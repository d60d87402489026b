import Foundation
import MekikiCore
import Synchronization

/// Thumbnails in memory, with a failure on demand.
public final class InMemoryThumbnails: ThumbnailStore {
    private let thumbnails = Mutex<[ContentHash: Data]>([:])
    private let error: MekikiError?

    /// Creates an empty store.
    ///
    /// - Parameter error: What every saving throws; `nil` to succeed.
    public init(error: MekikiError? = nil) {
        self.error = error
    }

    /// How many thumbnails are kept.
    public var count: Int { thumbnails.withLock { $0.count } }

    /// Keeps an image's thumbnail.
    ///
    /// - Parameters:
    ///   - thumbnail: The bytes.
    ///   - hash: The image's content.
    /// - Throws: The error that the store was made with.
    public func save(_ thumbnail: Data, of hash: ContentHash) throws {
        if let error { throw error }
        thumbnails.withLock { $0[hash] = thumbnail }
    }

    /// Gives an image's thumbnail; `nil` when there is none.
    ///
    /// - Parameter hash: The image's content.
    /// - Returns: The bytes.
    public func thumbnail(of hash: ContentHash) -> Data? {
        thumbnails.withLock { $0[hash] }
    }

    /// Forgets an image's thumbnail.
    ///
    /// - Parameter hash: The image's content.
    public func removeThumbnail(of hash: ContentHash) {
        thumbnails.withLock { $0[hash] = nil }
    }
}
