import Foundation
import MekikiCore
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Thumbnails as files: `ab/cdef….webp` under a folder, named after the image's content hash; those
/// of other sizes than the usual one beside it, `ab/cdef….1024.webp`.
///
/// The first two digits make 256 folders, so that none gets too long for the tools that list it.
/// A thumbnail appears whole or not at all: it is written under another name and then renamed.
public struct ThumbnailFolder: ThumbnailStore {
    /// The folder's usual name in a library.
    public static let folderName = "thumbnails"

    /// The folder, which is made with the first thumbnail.
    public let url: URL

    /// Distinguishes the unfinished files of this process.
    private static let unfinishedCount = Atomic<Int>(0)

    /// Names a folder of thumbnails.
    ///
    /// - Parameter url: The folder; it need not exist yet.
    public init(url: URL) {
        self.url = url
    }

    /// Keeps an image's thumbnail; an earlier one of the same size is replaced.
    ///
    /// - Parameters:
    ///   - thumbnail: A WebP file's bytes.
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Throws: `MekikiError` with code `inputOutput`.
    public func save(_ thumbnail: Data, of hash: ContentHash, _ size: ThumbnailSize) throws {
        let file = file(of: hash, size)
        let folder = file.deletingLastPathComponent()
        let number = Self.unfinishedCount.add(1, ordering: .relaxed).newValue
        let unfinished = folder.appendingPathComponent(
            ".\(file.lastPathComponent).\(getpid())-\(number)"
        )
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // No `fsync`: a thumbnail lost in a power cut is derived data, unlike the catalog.
            try thumbnail.write(to: unfinished, options: .withoutOverwriting)
            guard rename(unfinished.path, file.path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            try? FileManager.default.removeItem(at: unfinished)
            throw MekikiError(
                .inputOutput,
                "The thumbnail can't be written. Check the folder's permissions and free space.",
                subject: file.path,
                cause: error
            )
        }
    }

    /// An image's thumbnail, a WebP file's bytes; `nil` when there is none of this size.
    ///
    /// - Parameters:
    ///   - hash: The image's content.
    ///   - size: How large it is at most.
    /// - Returns: The file's bytes.
    public func thumbnail(of hash: ContentHash, _ size: ThumbnailSize) -> Data? {
        try? Data(contentsOf: file(of: hash, size))
    }

    /// Forgets an image's thumbnails of all sizes; without one nothing happens.
    ///
    /// - Parameter hash: The image's content.
    public func removeThumbnails(of hash: ContentHash) {
        for size in ThumbnailSize.allCases {
            try? FileManager.default.removeItem(at: file(of: hash, size))
        }
    }

    private func file(of hash: ContentHash, _ size: ThumbnailSize) -> URL {
        let digits = hash.description
        let ending = size == .medium ? ".webp" : ".\(size.side).webp"
        return url.appendingPathComponent(String(digits.prefix(2)))
            .appendingPathComponent(String(digits.dropFirst(2)) + ending)
    }
}
