import Foundation
import MekikiCore
import Synchronization

/// Thumbnails in memory, with a failure on demand.
public final class InMemoryThumbnails: ThumbnailStore {
    private let thumbnails = Mutex<[ContentHash: [ThumbnailSize: Data]]>([:])
    private let error: MekikiError?

    /// Creates an empty store.
    ///
    /// - Parameter error: What every saving throws; `nil` to succeed.
    public init(error: MekikiError? = nil) {
        self.error = error
    }

    /// How many images have thumbnails.
    public var count: Int { thumbnails.withLock { $0.count } }

    /// Keeps an image's thumbnail.
    ///
    /// - Parameters:
    ///   - thumbnail: The bytes.
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Throws: The error that the store was made with.
    public func save(_ thumbnail: Data, of hash: ContentHash, _ size: ThumbnailSize) throws {
        if let error { throw error }
        thumbnails.withLock { $0[hash, default: [:]][size] = thumbnail }
    }

    /// Gives an image's thumbnail; `nil` when there is none of this size.
    ///
    /// - Parameters:
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Returns: The bytes.
    public func thumbnail(of hash: ContentHash, _ size: ThumbnailSize) -> Data? {
        thumbnails.withLock { $0[hash]?[size] }
    }

    /// Forgets an image's thumbnails.
    ///
    /// - Parameter hash: The image's content.
    public func removeThumbnails(of hash: ContentHash) {
        thumbnails.withLock { $0[hash] = nil }
    }
}
