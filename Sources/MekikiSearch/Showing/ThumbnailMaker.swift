import Foundation
import MekikiCore

/// Gives an image's thumbnail in any of the fixed sizes, and makes those that are not there yet.
///
/// Indexing makes one size of every image; the others are made when they are first asked for, and
/// kept. Requests for the same one that arrive together share the work.
public actor ThumbnailMaker {
    private struct Key: Hashable {
        var hash: ContentHash
        var size: ThumbnailSize
    }

    private let thumbnails: any ThumbnailStore
    private let reader: any ImageReader
    private let maximumFileSize: Int64
    private let lookups: WorkerThreads
    private let threads: WorkerThreads
    private var running: [Key: Task<MadeThumbnail?, any Error>] = [:]

    /// Creates a maker.
    ///
    /// - Parameters:
    ///   - thumbnails: Where thumbnails are kept.
    ///   - reader: What decodes files.
    ///   - maximumFileSize: Files longer than this are not read.
    ///   - lookups: What looks for thumbnails that are there: never behind a file that is decoded.
    ///   - threads: What reads and decodes; their number bounds how many files are open at once.
    public init(
        thumbnails: any ThumbnailStore,
        reader: any ImageReader,
        maximumFileSize: Int64,
        lookups: WorkerThreads,
        threads: WorkerThreads
    ) {
        self.thumbnails = thumbnails
        self.reader = reader
        self.maximumFileSize = maximumFileSize
        self.lookups = lookups
        self.threads = threads
    }

    /// Gives an image's thumbnail.
    ///
    /// Images are never enlarged: of a small one, every size is the same. When the image's file is
    /// gone, a smaller thumbnail that is still there stands in.
    ///
    /// - Parameters:
    ///   - shown: The image.
    ///   - size: How large it may be.
    /// - Returns: The thumbnail; `nil` when there is neither a thumbnail nor a file to make one of.
    /// - Throws: What stops the worker threads; a file that can't be read is no error.
    public func thumbnail(
        of shown: ShownImage,
        _ size: ThumbnailSize
    ) async throws -> MadeThumbnail? {
        let content = shown.image.content
        let key = Key(hash: content.hash, size: size.needed(for: content))
        let found = try await lookups.run { [thumbnails] in
            thumbnails.thumbnail(of: key.hash, key.size)
        }
        if let found { return MadeThumbnail(data: found, isWhatWasAsked: true) }
        if let task = running[key] { return try await task.value }
        let task = Task { [threads, self] in
            try await threads.run { self.makeOrReplace(key, shown) }
        }
        running[key] = task
        defer { running[key] = nil }
        return try await task.value
    }

    /// The thumbnail made anew, else a smaller one from the store.
    private nonisolated func makeOrReplace(_ key: Key, _ shown: ShownImage) -> MadeThumbnail? {
        // Another request may have made it between the lookup and now.
        if let data = thumbnails.thumbnail(of: key.hash, key.size) {
            return MadeThumbnail(data: data, isWhatWasAsked: true)
        }
        if let data = make(key, shown) {
            // A library that can't be written still shows its images.
            try? thumbnails.save(data, of: key.hash, key.size)
            return MadeThumbnail(data: data, isWhatWasAsked: true)
        }
        let smaller = ThumbnailSize.allCases.filter { $0.side < key.size.side }.reversed()
        for size in smaller {
            if let data = thumbnails.thumbnail(of: key.hash, size) {
                return MadeThumbnail(data: data, isWhatWasAsked: false)
            }
        }
        return nil
    }

    private nonisolated func make(_ key: Key, _ shown: ShownImage) -> Data? {
        let request = ImageReadRequest(encoderSide: nil, thumbnailSide: key.size.side)
        // A small one comes of the usual one: the file may have a hundred times as many pixels.
        if key.size == .small, let usual = thumbnails.thumbnail(of: key.hash, .medium),
            let data = try? reader.read(usual, request).thumbnail
        {
            return data
        }
        for file in shown.files where !file.isMissing {
            guard
                let content = try? FileContent(at: file.location, maximumSize: maximumFileSize),
                content.hash == key.hash,
                let data = try? reader.read(content.data, request).thumbnail
            else { continue }
            return data
        }
        return nil
    }
}

extension ThumbnailSize {
    /// The size whose thumbnail looks the same, because images are never enlarged: the usual one for
    /// every image that fits into it.
    fileprivate func needed(for content: ImageContent) -> ThumbnailSize {
        let longer = max(content.width, content.height)
        let enough = ThumbnailSize.allCases.first { $0.side >= longer } ?? .full
        let size = side < enough.side ? self : enough
        return size == .small && enough == .small ? .medium : size
    }
}
